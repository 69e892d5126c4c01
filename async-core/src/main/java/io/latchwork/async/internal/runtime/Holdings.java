// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.CloseHandler.StillArmed;
import io.latchwork.async.internal.map.Books;
import io.latchwork.async.internal.map.MaplessTimer;
import io.latchwork.async.internal.map.MaplessTimers;
import io.latchwork.async.internal.map.OuterMap;
import io.latchwork.async.internal.map.Tally;
import io.latchwork.async.internal.map.UserRefs;
import io.latchwork.async.internal.prog.ProgImpl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a runtime has made, and has to close: maps, timers without a map, programs. */
final class Holdings {
    private final Registry<UserRefs> maps = new Registry<>(UserRefs::isGone);
    private final Registry<UserRefs> outerMaps = new Registry<>(UserRefs::isGone);
    private final Registry<MaplessTimer> timers = new Registry<>(MaplessTimer::isGone);
    private final Registry<ProgImpl> programs = new Registry<>(ProgImpl::isUnloaded);
    private final MaplessTimers mapless;

    Holdings(MaplessTimers mapless) {
        this.mapless = mapless;
    }

    void add(UserRefs map) {
        (map instanceof OuterMap ? outerMaps : maps).add(map);
    }

    void add(MaplessTimer timer) {
        timers.add(timer);
    }

    void add(ProgImpl prog) {
        programs.add(prog);
    }

    /** Cancels and frees everything. Says what was armed or pending, by the name of the map that it was in. */
    List<StillArmed> closeAll() {
        List<StillArmed> found = new ArrayList<>();
        maps.forEach(map -> closeCounted(map.name(), map::closeForGood, found));
        outerMaps.forEach(map -> closeCounted(map.name(), map::closeForGood, found)); // they hold nothing alive any more
        closeCounted("", tally -> timers.forEach(timer -> timer.close(tally)), found);
        programs.forEach(ProgImpl::release);
        return List.copyOf(found);
    }

    private static void closeCounted(String name, Consumer<Tally> closing, List<StillArmed> found) {
        Tally tally = new Tally();
        closing.accept(tally);
        if (tally.timers() + tally.works() > 0) {
            found.add(new StillArmed(name, tally.timers(), tally.works()));
        }
    }

    /** True when every element, block and program has gone the whole way. */
    boolean isDrained() {
        return maps.allMatch(UserRefs::isDrained) && outerMaps.allMatch(UserRefs::isDrained) && mapless.isDrained()
            && programs.allMatch(ProgImpl::isUnloaded);
    }

    /** Adds what is there to the books. */
    void count(Books books) {
        maps.forEach(map -> map.count(books));
        outerMaps.forEach(map -> map.count(books));
        mapless.count(books);
        books.armedTimers += timers.count(MaplessTimer::isArmed);
        books.programs += programs.count(prog -> !prog.isUnloaded());
    }
}
