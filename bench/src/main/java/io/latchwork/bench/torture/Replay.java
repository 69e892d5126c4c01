// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges the log of a round that is over: every place by {@link CallbackRules} and, where each delete is a call of its own, by
 * {@link LifeReplay}; programs by {@link ProgramRules}; and that nothing was called back after the close.
 *
 * <p>What a log can decide rests on one counter that all threads draw from before and after each call, which makes "returned
 * before the other was called" an order that the threads agreed on. It orders memory, too, and so hides some reorderings
 * from this checker; those are the business of jcstress.
 *
 * <p>Elements of LRU maps, and of maps that come and go with their last user reference, are judged by the rules only: there a
 * block may be taken out by a call on something else.
 */
final class Replay {
    private static final int LAST = 16;

    private final List<Place> places;
    private final ClockHistory clock;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<Integer, List<Event>> evictors = new HashMap<>();
    private int judged;
    private int undecided;

    Replay(List<Place> places, ClockHistory clock) {
        this.places = places;
        this.clock = clock;
    }

    /** How many histories were judged. */
    int judged() {
        return judged;
    }

    /** How many had too much at once to be followed by the model; they were judged by the rules. */
    int undecided() {
        return undecided;
    }

    /**
     * Judges.
     *
     * @param events the events of all threads
     * @param quiet whether it was waited for, before the close, that nothing is armed any more
     * @return what is wrong
     */
    List<Violation> judge(List<Event> events, boolean quiet) {
        List<List<Event>> byPlace = new ArrayList<>();
        places.forEach(place -> byPlace.add(new ArrayList<>()));
        Event close = null;
        for (Event event : events) {
            if (event.call == Call.CLOSE_RUNTIME) {
                close = event;
            }
            if (event.place >= 0) {
                byPlace.get(event.place).add(event);
                boolean ofBoth = event.call == Call.UPDATE || event.call == Call.DELETE;
                if (ofBoth) {
                    byPlace.get(event.place + 1).add(event); // an element's work has the next number
                }
            }
        }
        for (Event event : events) {
            if (event.call == Call.UPDATE && places.get(event.place).ends() == Place.Ends.BY_EVICTION) {
                evictors.computeIfAbsent(places.get(event.place).map(), map -> new ArrayList<>()).add(event);
            }
        }
        for (Place place : places) {
            List<Event> history = byPlace.get(place.id());
            if (!history.isEmpty()) {
                judge(place, history, close, quiet);
            }
        }
        if (close != null) {
            violations.addAll(ProgramRules.check(events));
            afterClose(events, close);
        }
        return violations;
    }

    private List<Event> evictors(Place place) {
        return place.ends() == Place.Ends.BY_EVICTION ? evictors.getOrDefault(place.map(), List.of()) : List.of();
    }

    private void judge(Place place, List<Event> history, Event close, boolean quiet) {
        judged++;
        history.sort(Comparator.comparingLong(event -> event.before));
        Violation found = null;
        if (place.ends() == Place.Ends.BY_CALL) {
            LifeReplay replay = new LifeReplay(clock);
            found = replay.replay(history, quiet || close == null ? Event.OPEN : close.before, quiet);
            undecided += replay.isUndecided() ? 1 : 0;
        }
        if (found == null) {
            found = new CallbackRules(place, clock, history, evictors(place)).check();
        }
        if (found != null) {
            violations.add(new Violation(found.invariant(), place + ": " + found.what(), last(history, found)));
        }
    }

    /** The last events of a history up to the one that the violation speaks of. */
    private static List<Event> last(List<Event> history, Violation found) {
        int end = history.size();
        for (int i = 0; i < history.size(); i++) {
            if (found.what().startsWith(history.get(i).toString())) {
                end = i + 1;
            }
        }
        return List.copyOf(history.subList(Math.max(0, end - LAST), end));
    }

    private void afterClose(List<Event> events, Event close) {
        for (Event event : events) {
            if (event.call == Call.FIRE && event.after > close.after) {
                violations.add(new Violation(Invariant.I3, event + " after the runtime was closed", List.of(close, event)));
            }
        }
    }
}
