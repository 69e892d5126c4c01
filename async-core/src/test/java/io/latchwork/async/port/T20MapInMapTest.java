// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.latchwork.async.BpfArrayOfMaps;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.contract.Feature;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The original: two callbacks of a timer in a hash that is an inner map set each other and re-arm, so a counter grows;
 * after the inner map's descriptor is closed and its place in the outer map deleted, it must stop. Nothing changed in
 * the port.
 */
@Needs(Feature.MAP_IN_MAP)
class T20MapInMapTest extends RaceCase {
    private static final int OUTER_KEY = 1;
    private static final int INNER_KEY = 1234;
    private static final int GROWS_TO = 20;
    private static final long DELAY = 1_000;

    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger ok = new AtomicInteger();
    private final Answers answers = new Answers()
        .allow("setCallback", Status.OK, Status.ENOENT, Status.EINVAL)
        .allow("start", Status.OK, Status.ENOENT, Status.EINVAL);

    @Test
    void aTimerOfAnInnerMapRunsUntilTheMapIsGone() throws Exception {
        int growsTo = Knobs.count(GROWS_TO, 100);
        repeat(() -> {
            useLaunched(1);
            count.set(0);
            ok.set(0);
            BpfArrayOfMaps<Integer, String> outer = rt.arrayOfMaps("outer", 2);
            BpfHashMap<Integer, String> inner = rt.hashMap("inner", 16);
            assertEquals(Status.OK, outer.update(OUTER_KEY, inner));
            BpfMap<Integer, String> seen = outer.lookup(OUTER_KEY);
            assertSame(inner, seen);
            assertEquals(Status.OK, seen.update(INNER_KEY, "v"));
            assertEquals(Status.OK, timer(seen, INNER_KEY, this::first).start(DELAY, 0));
            Crew.await("the counter grew", () -> count.get() >= growsTo && ok.get() == 3);
            inner.close();
            int before = count.get();
            Crew.await("the place in the outer map still holds it", () -> count.get() > before);
            assertEquals(Status.OK, outer.delete(OUTER_KEY));
            assertNull(outer.lookup(OUTER_KEY));
            Crew.await("the timer is freed", () -> rt.audit().blocks() == 0);
            int stopped = count.get();
            Crew.spin(10_000);
            assertEquals(stopped, count.get(), "the counter grew after the map was gone");
            assertEquals(0, inner.size());
            answers.check();
        });
    }

    private void first(BpfMap<Integer, String> map, Integer key, String value) {
        next(map, key, 1, this::second);
    }

    private void second(BpfMap<Integer, String> map, Integer key, String value) {
        next(map, key, 2, this::first);
    }

    private void next(BpfMap<Integer, String> map, Integer key, int bit, TimerCallback<Integer, String> other) {
        var element = map.lookup(key);
        if (element != null) { // else the map was released while this runs
            answers.of("setCallback", element.timer().setCallback(prog, other));
            answers.of("start", element.timer().start(DELAY, 0));
        }
        ok.getAndUpdate(bits -> bits | bit);
        count.getAndIncrement();
    }
}
