// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.contract.Feature;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/**
 * The original: two pinned threads arm one timer each, whose callbacks cancel each other's timer, until somebody is
 * refused with EDEADLK; nothing else but 0 or 1 may be answered, and a hang is the failure. Here too; where nobody was
 * refused in the number of batches, as can happen when one processor is busy, the test gives up, like the original, and
 * a second one brings the callbacks together.
 */
class T16LockupTest extends PortCase {
    private static final int BATCH = 10_000;
    private static final int BATCHES = 200;
    private static final int PAUSE = 256;
    private static final int PARK_NS = 20_000;
    private static final int LONGEST = 1_000;
    private static final int MEETINGS = 200;
    private static final int KEYS = 16;

    private final Answers answers = new Answers()
        .allow("cancel", Status.IDLE, Status.CANCELLED, Status.EDEADLK)
        .allow("init", Status.EBUSY)
        .allow("setCallback", Status.OK, Status.EBUSY)
        .allow("start", Status.OK, Status.REARMED, Status.EINVAL);
    private final int[] keys = new int[2];
    private BpfMap<Integer, String> map;

    @Test
    void twoCallbacksThatCancelEachOtherNeverHang() {
        openOnTwoBases();
        Random seeds = Knobs.random(number());
        Random first = new Random(seeds.nextLong());
        Random second = new Random(seeds.nextLong());
        Crew.run(() -> batches(0, first), () -> batches(1, second));
        System.out.println("T16 " + answers);
        answers.check();
        if (answers.count("cancel", Status.EDEADLK) == 0) {
            giveUp("the callbacks never met");
        }
    }

    private void batches(int mine, Random random) {
        if (has(Feature.PIN)) {
            assertEquals(Status.OK, rt.bindThread(mine));
        }
        MapElement<Integer, String> own = found(map, keys[mine]);
        TimerCallback<Integer, String> callback = cancelOf(keys[1 - mine], new Random(random.nextLong()));
        int batches = Knobs.count(BATCHES, 100);
        for (int batch = 0; batch < batches && answers.count("cancel", Status.EDEADLK) == 0; batch++) {
            for (int i = 0; i < BATCH; i++) {
                answers.of("init", own.timer().init(map, boottime()));
                answers.of("setCallback", own.timer().setCallback(prog, callback));
                answers.of("start", own.timer().start(1, has(Feature.PIN) ? BpfTimer.TIMER_CPU_PIN : 0));
                int dice = random.nextInt(PAUSE);
                if (dice == 0) { // lets the bases run; now and then for long enough to be placed elsewhere
                    Crew.letOthersRun(random.nextInt(PARK_NS));
                } else if (dice < 4) {
                    Thread.yield();
                }
            }
        }
        if (has(Feature.PIN)) {
            assertEquals(Status.OK, rt.bindThread(-1));
        }
    }

    private TimerCallback<Integer, String> cancelOf(int otherKey, Random random) {
        MapElement<Integer, String> other = found(map, otherKey);
        return (in, key, value) -> {
            Crew.spin(random.nextInt(LONGEST)); // or two callbacks that miss each other keep missing
            answers.of("cancel", other.timer().cancel());
        };
    }

    @Test
    void ofTwoCallbacksThatMeetAndCancelEachOtherOneAtLeastIsRefused() {
        openOnTwoBases();
        int meetings = Knobs.count(MEETINGS, 100);
        for (int meeting = 0; meeting < meetings; meeting++) {
            CyclicBarrier both = new CyclicBarrier(2);
            Status[] given = new Status[2];
            CountDownLatch answered = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                int mine = i;
                MapElement<Integer, String> other = found(map, keys[1 - mine]);
                arm(mine, (in, key, value) -> {
                    Crew.meet(both);
                    given[mine] = other.timer().cancel();
                    answered.countDown();
                });
            }
            Crew.await("both are answered", () -> answered.getCount() == 0);
            assertTrue(Arrays.asList(given).contains(Status.EDEADLK), () -> Arrays.toString(given));
            for (Status answer : given) {
                answers.of("cancel", answer);
            }
        }
        answers.check();
    }

    private void arm(int mine, TimerCallback<Integer, String> callback) {
        BpfTimer<Integer, String> timer = found(map, keys[mine]).timer();
        assertEquals(Status.OK, timer.setCallback(prog, callback));
        if (has(Feature.PIN)) {
            assertEquals(Status.OK, rt.bindThread(mine));
        }
        assertEquals(Status.OK, timer.start(1, has(Feature.PIN) ? BpfTimer.TIMER_CPU_PIN : 0));
    }

    /** Initialises two timers that run on different bases. */
    private void openOnTwoBases() {
        useLaunched(2);
        map = array("lockup", KEYS, i -> "v");
        keys[1] = 1;
        if (!has(Feature.PIN)) {
            findTwoBases();
        }
        for (int i = 0; i < 2; i++) {
            assertEquals(Status.OK, found(map, keys[i]).timer().init(map, boottime()));
            CyclicBarrier there = new CyclicBarrier(2);
            arm(i, (in, key, value) -> Crew.meet(there)); // a timer moves at its first pinned start
            Crew.meet(there);
            assertAnswer(EnumSet.of(Status.IDLE), found(map, keys[i]).timer().cancel(), "cancel");
        }
    }

    private void findTwoBases() {
        Map<Thread, Integer> byThread = new ConcurrentHashMap<>();
        CyclicBarrier ran = new CyclicBarrier(2);
        for (int key = 0; key < KEYS && byThread.size() < 2; key++) {
            timer(map, key, (in, k, value) -> {
                byThread.putIfAbsent(Thread.currentThread(), k);
                Crew.meet(ran);
            }).start(0, 0);
            Crew.meet(ran);
        }
        assertEquals(2, byThread.size(), "no two bases in use");
        Integer[] found = byThread.values().toArray(new Integer[0]);
        for (int i = 0; i < 2; i++) {
            keys[i] = found[i];
            assertEquals(Status.OK, map.update(keys[i], "free of its timer"));
        }
    }
}
