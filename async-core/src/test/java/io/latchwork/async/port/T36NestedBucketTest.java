// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.port.Interrupt.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The original: a spin lock that gives up rather than hang, taken in task context and in an NMI over it, the same lock
 * and another one ("shifted"). There is no lock here to give up on. What is asked instead is what the lock is for:
 * every call that writes to a bucket is interrupted in the search of that bucket by every other, on the same key and on
 * another one of the same bucket, and none is ever blocked or refused as busy. The interruption at every single point,
 * latch writers included, is the business of the module nmi-tests.
 */
@Needs(Feature.NMI)
class T36NestedBucketTest extends PortCase {
    private static final int THREADS = 4;
    private static final int RUNS = 20_000;

    private final Interrupt interrupt = new Interrupt();
    private final Key same = interrupt.key(1);
    private final Key shifted = interrupt.key(1 + (1 << 20));
    private BpfHashMap<Key, String> map;
    private MapElement<Key, String> element;
    private MapElement<Key, String> other;

    private Map<String, Supplier<Status>> calls(Key key) {
        MapElement<Key, String> handle = key == same ? element : other;
        MapElement<Key, String> cursor = map.handle();
        return Map.of(
            "update", () -> map.update(key, "new"),
            "delete", () -> map.delete(key),
            "lookup", () -> map.lookup(key, cursor),
            "init", () -> handle.timer().init(map, ClockId.MONOTONIC),
            "setCallback", () -> handle.timer().setCallback(prog, (in, k, value) -> { }),
            "start", () -> handle.timer().start(SECOND, 0),
            "cancelAsync", () -> handle.timer().cancelAsync());
    }

    private void open() {
        map = rt.hashMap("bucket", 2);
        for (Key key : List.of(same, shifted)) {
            assertEquals(Status.OK, map.update(key, "v"));
            timer(map, key, (in, k, value) -> { });
        }
        element = found(map, same);
        other = found(map, shifted);
    }

    @Test
    void noCallOnABucketIsBlockedByWhatItInterruptsThere() {
        useDriven();
        open();
        Set<String> names = calls(same).keySet();
        map.close();
        for (String outer : Set.of("update", "delete", "lookup")) {
            for (String inner : names) {
                for (Key key : List.of(same, shifted)) {
                    open();
                    nested(outer, inner, key);
                    map.close();
                    driver.drain();
                }
            }
        }
    }

    private void nested(String outer, String inner, Key key) {
        List<Status> given = new ArrayList<>();
        Supplier<Status> outerCall = calls(same).get(outer);
        Supplier<Status> innerCall = calls(key).get(inner);
        interrupt.arm(rt, () -> given.add(innerCall.get()));
        Status answer = outerCall.get();
        interrupt.disarm();
        String what = outer + " interrupted by " + inner + " of " + (key == same ? "the same key" : "the shifted key");
        assertTrue(given.size() >= 1, what + ": no interrupt");
        Set<Status> may = inner.equals("init") ? Set.of(Status.EBUSY, Status.OK) // initialised, or freed by the outer call
            : Set.of(Status.OK, Status.REARMED, Status.CANCELLED, Status.IDLE, Status.ENOENT, Status.EINVAL);
        given.forEach(status -> assertAnswer(may, status, what));
        assertAnswer(Set.of(Status.OK, Status.ENOENT), answer, what);
        if (inner.equals("update") || inner.equals("lookup") || inner.equals("start")) {
            assertEquals(Status.OK, given.get(0), what); // before the outer call took effect nothing was in its way
        }
    }

    @Test
    void aStormOfNestedCallsOnOneBucketIsNeverBusy() {
        useLaunched(1);
        open();
        Answers answers = new Answers()
            .allow("update", Status.OK, Status.E2BIG) // for a moment in mid-delete
            .allow("delete", Status.OK, Status.ENOENT)
            .allow("lookup", Status.OK, Status.ENOENT);
        interrupt.arm(rt, 2, 2, () -> {
            Key key = (interrupt.hits() & 2) == 0 ? same : shifted;
            switch ((int) (interrupt.hits() % 3)) {
                case 0 -> answers.of("update", map.update(key, "in NMI"));
                case 1 -> answers.of("delete", map.delete(key));
                default -> answers.of("lookup", map.lookup(key, map.handle()));
            }
        });
        int runs = Knobs.count(RUNS, 100);
        List<Crew.Job> jobs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Key key = i % 2 == 0 ? same : shifted;
            jobs.add(() -> {
                for (int run = 0; run < runs; run++) {
                    answers.of("update", map.update(key, "in task"));
                    answers.of("delete", map.delete(key));
                }
            });
        }
        Crew.run(jobs);
        interrupt.disarm();
        System.out.println("T36 " + interrupt.hits() + " interrupts " + answers);
        answers.check();
        assertTrue(interrupt.hits() > 0);
    }
}
