// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.RuntimeSpec;
import io.latchwork.async.port.Interrupt.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * What T12, T13 and T14 share: busy threads whose calls, and the base's passes, are interrupted by a program in NMI
 * that works on the same timer. The original's interrupt is a cycle counter; here it comes in the clock and in the
 * keys.
 */
abstract class NmiStressCase extends PortCase {
    private static final int THREADS = 8;
    private static final int RUNS = 10_000;
    private static final int EVERY = 3;
    private static final int ENTRIES = 8 * THREADS;
    /** In so many runs, a thread lets others run once after each step. */
    private static final int PAUSE = 16;
    /** Where no callback ran in all the runs, as on a machine that is busy otherwise, so many times as many are made. */
    private static final int PATIENCE = 20;
    private static final int LONG_PAUSE_NS = 20_000;

    final Interrupt interrupt = new Interrupt();
    final Answers answers = new Answers()
        .allow("update", Status.OK)
        .allow("init", Status.OK, Status.EBUSY)
        .allow("setCallback", Status.OK, Status.EINVAL, Status.ENOENT, Status.EBUSY)
        .allow("start", Status.OK, Status.REARMED, Status.EINVAL, Status.ENOENT, Status.ECANCELED)
        .allow("cancelAsync", Status.CANCELLED, Status.IDLE, Status.RUNNING, Status.EINVAL, Status.ENOENT)
        .allow("in callback", Status.OK, Status.REARMED, Status.CANCELLED, Status.IDLE, Status.RUNNING, Status.EINVAL,
            Status.ENOENT, Status.ECANCELED);
    private BpfMap<Key, String> map;

    /** What the callback does to its own element. */
    abstract Status inCallback(BpfMap<Key, String> in, Key key);

    /** The program's last step; in T13 and T14 there is none. */
    abstract void afterStart(BpfTimer<Key, String> timer);

    final void stress() {
        use(RuntimeSpec.launched(interrupt.clock(AsyncClock.system()), this::onError).withBases(2));
        map = rt.hashMap("race", ENTRIES);
        Key key = interrupt.key(0);
        assertEquals(Status.OK, map.update(key, "v"));
        interrupt.arm(rt, EVERY, 1, () -> program(key, 0));
        int runs = Knobs.count(RUNS, 100);
        List<Crew.Job> jobs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            jobs.add(() -> {
                for (int run = 0; run < runs || run < PATIENCE * runs && answers.done("in callback") == 0; run++) {
                    program(key, run < runs ? run % PAUSE : PAUSE);
                }
            });
        }
        Crew.run(jobs);
        interrupt.disarm();
        System.out.println(number() + " " + interrupt.hits() + " interrupts " + answers);
        answers.check();
        assertTrue(interrupt.hits() > 0);
        assertTrue(answers.done("start") > 0, answers::toString);
    }

    private void program(Key key, int pauseAfter) {
        answers.of("update", map.update(key, "v"));
        pause(pauseAfter == 1);
        MapElement<Key, String> element = found(map, key);
        BpfTimer<Key, String> timer = element.timer();
        answers.of("init", timer.init(map, ClockId.MONOTONIC));
        pause(pauseAfter == 2);
        answers.of("setCallback", timer.setCallback(prog, (in, k, value) -> answers.of("in callback", inCallback(in, k))));
        pause(pauseAfter == 3);
        answers.of("start", timer.start(0, 0));
        pause(pauseAfter == 4);
        if (pauseAfter == PAUSE) {
            Crew.letOthersRun(LONG_PAUSE_NS);
        }
        afterStart(timer);
    }

    private static void pause(boolean now) {
        if (now) {
            Thread.yield();
        }
    }
}
