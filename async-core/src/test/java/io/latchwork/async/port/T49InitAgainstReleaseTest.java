// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z2, init against the last user reference: whatever meets, no timer is left when the release
 * has returned. The form without the barrier, which must fail, is MapTwins.AttachedByRelease of jcstress-tests.
 */
class T49InitAgainstReleaseTest extends PortCase {
    private static final int ROUNDS = 5_000;
    private static final int BATCH = 500;

    private final AtomicInteger fired = new AtomicInteger();
    private final Answers answers = new Answers()
        .allow("init", Status.OK, Status.EPERM, Status.ENOENT)
        .allow("setCallback", Status.OK, Status.EINVAL, Status.ENOENT)
        .allow("start", Status.OK, Status.EINVAL, Status.ENOENT)
        .allow("update", Status.OK, Status.EPERM)
        .allow("release", Status.OK);

    @Test
    void noTimerIsLeftOfAnInitThatMeetsTheLastRelease() {
        useLaunchedByHand(1);
        int rounds = Knobs.count(ROUNDS, 100);
        for (int done = 0; done < rounds; done += BATCH) {
            batch(Math.min(BATCH, rounds - done));
            clock.advance(SECOND);
            fence();
            assertEquals(0, fired.get(), "a timer outlived its map");
        }
        System.out.println("T49 " + answers);
        answers.check();
        assertTrue(answers.count("release", Status.OK) == rounds);
    }

    private void batch(int rounds) {
        CyclicBarrier round = new CyclicBarrier(2);
        BpfMap<?, ?>[] current = new BpfMap<?, ?>[1];
        Crew.run(() -> {
            for (int i = 0; i < rounds; i++) {
                BpfHashMap<Integer, String> map = rt.hashMap("map", 2);
                assertEquals(Status.OK, map.update(0, "v"));
                current[0] = map;
                BpfTimer<Integer, String> timer = found(map, 0).timer();
                Crew.meet(round);
                initUntilItIsRefused(map, timer);
                Crew.meet(round);
            }
        }, () -> {
            for (int i = 0; i < rounds; i++) {
                Crew.meet(round);
                Crew.spin(i * 7 % 200);
                answers.of("release", current[0].release());
                Crew.meet(round);
            }
        });
        if (has(Feature.AUDIT)) {
            Crew.await("every block is back", () -> rt.audit().blocks() == 0);
            assertEquals(0, rt.audit().armedTimers());
            assertEquals(0, rt.audit().maps());
        }
    }

    /** Frees the timer and begins again, so that the release comes in the middle of an init as often as not. */
    private void initUntilItIsRefused(BpfHashMap<Integer, String> map, BpfTimer<Integer, String> timer) {
        while (!answers.of("init", timer.init(map, ClockId.MONOTONIC)).isRefusal()) {
            answers.of("setCallback", timer.setCallback(prog, (in, key, value) -> fired.getAndIncrement()));
            answers.of("start", timer.start(MS, 0));
            answers.of("update", map.update(0, "v"));
        }
    }

    /** Returns when the base has run everything that is due. */
    private void fence() {
        AtomicInteger passed = new AtomicInteger();
        BpfHashMap<Integer, String> map = rt.hashMap("fence", 1);
        assertEquals(Status.OK, map.update(0, "v"));
        assertEquals(Status.OK, timer(map, 0, (in, key, value) -> passed.set(1)).start(0, 0));
        Crew.await("the base has come here", () -> passed.get() == 1);
        map.close();
    }
}
