// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import io.latchwork.async.port.Interrupt.Key;
import org.junit.jupiter.api.Test;

/**
 * The original: timers were refused to programs on kprobes, trace points and performance events, as long as they took a
 * lock; the rework removed the refusal and its tests. Here is what replaced it: in no context is a call refused that
 * does not wait.
 */
class T39NoContextRefusedTest extends PortCase {
    private final Interrupt interrupt = new Interrupt();
    private BpfMap<Integer, String> map;
    private int passed;

    private void open() {
        use(RuntimeSpec.driven(interrupt.clock(clock), this::onError));
        map = rt.hashMap("map", 8);
    }

    /** Every call that does not wait, on an element of its own. */
    private void everyCall() {
        int key = 100;
        assertEquals(Status.OK, map.open());
        assertEquals(Status.OK, map.update(key, "v"));
        MapElement<Integer, String> element = map.handle();
        assertEquals(Status.OK, map.lookup(key, element));
        assertEquals(Status.OK, element.timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.OK, element.timer().setCallback(prog, (in, k, value) -> passed = -1));
        assertEquals(Status.OK, element.timer().start(MS, 0));
        assertEquals(Status.CANCELLED, element.timer().cancelAsync());
        assertEquals(Status.OK, element.timer().start(MS, 0));
        if (has(Feature.WORKS)) {
            assertEquals(Status.OK, element.wq().init(map));
            assertEquals(Status.OK, element.wq().setCallback(prog, (in, k, value) -> passed = -1));
            assertEquals(Status.OK, element.wq().start());
            assertEquals(Status.CANCELLED, element.wq().cancelAsync());
            assertEquals(Status.OK, element.wq().start());
        }
        if (has(Feature.VIEWS)) {
            assertEquals(Status.CANCELLED, map.timers().cancelAsync(key));
            assertEquals(Status.OK, map.timers().start(key, MS, 0));
        }
        assertEquals(Status.OK, map.update(key, "w"));
        assertEquals(Status.OK, element.timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.OK, map.delete(key));
        assertEquals(Status.OK, map.release());
        passed++;
    }

    private void check(int times) {
        driver.drain();
        advance(2 * MS);
        assertEquals(times, passed, () -> "errors: " + errors);
    }

    @Test
    void inTask() {
        open();
        everyCall();
        check(1);
    }

    @Test
    void inATimersCallback() {
        open();
        timer(array("trigger", 1, i -> "v"), 0, (in, key, value) -> everyCall()).start(0, 0);
        check(1);
    }

    @Test
    @Needs(Feature.WORKS)
    void inAWorksCallback() {
        open();
        BpfHashMap<Integer, String> works = rt.hashMap("works", 1);
        assertEquals(Status.OK, works.update(0, "v"));
        assertEquals(Status.OK, found(works, 0).wq().init(works));
        assertEquals(Status.OK, found(works, 0).wq().setCallback(prog, (in, key, value) -> everyCall()));
        assertEquals(Status.OK, found(works, 0).wq().start());
        check(1);
    }

    @Test
    @Needs(Feature.NMI)
    void inNmi() {
        open();
        rt.nmiEnter();
        everyCall();
        rt.nmiExit();
        check(1);
    }

    @Test
    @Needs(Feature.NMI)
    void inNmiOverAStart() {
        open();
        BpfMap<Integer, String> other = array("other", 1, i -> "v");
        var timer = timer(other, 0, (in, key, value) -> { });
        interrupt.arm(rt, this::everyCall);
        assertEquals(Status.OK, timer.start(0, 0));
        interrupt.disarm();
        check(1);
    }

    @Test
    @Needs(Feature.NMI)
    void inNmiOverASearchOfTheBucket() {
        open();
        BpfHashMap<Key, String> keyed = rt.hashMap("keyed", 1);
        Key key = interrupt.key(1);
        assertEquals(Status.OK, keyed.update(key, "v"));
        interrupt.arm(rt, this::everyCall);
        assertEquals(Status.OK, keyed.update(key, "w"));
        assertEquals(Status.OK, keyed.delete(key));
        interrupt.disarm();
        assertTrue(passed >= 2);
        check(passed);
    }

    @Test
    @Needs(Feature.NMI)
    void inNmiOverABasesPass() {
        open();
        timer(array("trigger", 1, i -> "v"), 0, (in, key, value) -> { }).start(MS, 0);
        clock.advance(MS);
        boolean[] once = {true};
        interrupt.arm(rt, () -> {
            if (once[0]) {
                once[0] = false;
                everyCall();
            }
        });
        driver.drain();
        interrupt.disarm();
        check(1);
    }

    @Test
    @Needs(Feature.VIEWS)
    void inAReadSection() {
        open();
        BpfMap<Integer, String> visited = array("visited", 2, i -> "v");
        assertEquals(2, visited.forEach(visited.handle(), element -> everyCall()));
        check(2);
    }

    @Test
    @Needs(Feature.MAPLESS)
    void inTheCallbackOfATimerWithoutAMap() {
        open();
        try (var timer = rt.newTimer(prog, self -> everyCall())) {
            assertEquals(Status.OK, timer.start(0, 0));
            check(1);
        }
    }
}
