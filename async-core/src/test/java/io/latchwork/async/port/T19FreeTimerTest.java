// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.contract.Feature;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The original: one pinned thread arms 8 timers of a hash map for 100 us whose callbacks take long; another one, on the
 * other CPU, overwrites all 8 elements while callbacks run (Z9). Here the overwriting thread must never be held up by a
 * callback: it does not end before its element is overwritten.
 */
class T19FreeTimerTest extends RaceCase {
    private static final int ITERATIONS = 10;
    private static final int TIMERS = 8;
    private static final int LOOPS = 1 << 20;

    private final AtomicLong sink = new AtomicLong();
    private volatile int overwritten;

    @Test
    void elementsAreOverwrittenWhileTheirCallbacksRun() throws Exception {
        int iterations = Knobs.count(ITERATIONS, 100);
        int loops = Knobs.count(LOOPS, 100);
        repeat(() -> {
            useLaunched(2);
            BpfHashMap<Integer, String> map = rt.hashMap("map", TIMERS);
            CyclicBarrier barrier = new CyclicBarrier(2);
            Crew.run(() -> arm(map, barrier, iterations, loops), () -> overwrite(map, barrier, iterations));
        });
    }

    private void arm(BpfHashMap<Integer, String> map, CyclicBarrier barrier, int iterations, int loops) {
        bind(1);
        TimerCallback<Integer, String> busy = (in, key, value) -> {
            long sum = key;
            for (int i = 0; i < loops; i++) {
                sum = sum * 31 + i;
            }
            sink.setPlain(sum);
        };
        for (int iteration = 0; iteration < iterations; iteration++) {
            for (int key = 0; key < TIMERS; key++) {
                assertEquals(Status.OK, map.update(key, "armed"));
                BpfTimer<Integer, String> timer = timer(map, key, busy);
                assertEquals(Status.OK, timer.start(100 * US, has(Feature.PIN) ? BpfTimer.TIMER_CPU_PIN : 0));
            }
            Crew.meet(barrier);
            Crew.meet(barrier);
        }
        bind(-1);
    }

    private void overwrite(BpfHashMap<Integer, String> map, CyclicBarrier barrier, int iterations) {
        bind(0);
        for (int iteration = 0; iteration < iterations; iteration++) {
            Crew.meet(barrier);
            for (int key = 0; key < TIMERS; key++) {
                assertEquals(Status.OK, map.update(key, "overwritten"));
            }
            Crew.meet(barrier);
        }
        bind(-1);
    }

    @Test
    void overwritingDoesNotWaitForTheCallbackThatRuns() throws Exception {
        repeat(() -> {
            useLaunched(1);
            overwritten = 0;
            BpfHashMap<Integer, String> map = rt.hashMap("map", 1);
            assertEquals(Status.OK, map.update(0, "armed"));
            CyclicBarrier running = new CyclicBarrier(2);
            timer(map, 0, (in, key, value) -> {
                Crew.meet(running);
                Crew.await("the element is overwritten", () -> overwritten == 1);
            }).start(0, 0);
            Crew.meet(running);
            assertEquals(Status.OK, map.update(0, "overwritten"));
            overwritten = 1;
        });
    }
}
