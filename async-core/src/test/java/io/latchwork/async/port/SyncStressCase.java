// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;

/** What T09 and T10 share: many threads update, init, bind, arm and cancel the timer of one element. */
abstract class SyncStressCase extends PortCase {
    private static final int THREADS = 8;
    private static final int RUNS = 10_000;
    /** One is used; the quota has room for what each thread is about to give back. */
    private static final int ENTRIES = 2 * THREADS;
    /** In so many runs, a thread lets others run once after each step. */
    private static final int PAUSE = 16;
    /** Where no callback ran in all the runs, as on a machine that is busy otherwise, so many times as many are made. */
    private static final int PATIENCE = 20;
    private static final int LONG_PAUSE_NS = 20_000;

    final Answers answers = new Answers()
        .allow("update", Status.OK)
        .allow("init", Status.OK, Status.EBUSY)
        .allow("setCallback", Status.OK, Status.EINVAL, Status.ENOENT, Status.EBUSY)
        .allow("start", Status.OK, Status.REARMED, Status.EINVAL, Status.ENOENT)
        .allow("re-arm", Status.OK, Status.REARMED, Status.EINVAL, Status.ENOENT, Status.ECANCELED);

    /** Cancels, one way or the other. */
    abstract Status cancel(BpfTimer<Integer, String> timer);

    final void stress() {
        useLaunched(2);
        BpfMap<Integer, String> map = array("race", ENTRIES, i -> "v");
        int runs = Knobs.count(RUNS, 100);
        List<Crew.Job> jobs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            jobs.add(() -> {
                for (int run = 0; run < runs || run < PATIENCE * runs && answers.made("re-arm") == 0; run++) {
                    once(map, run < runs ? run % PAUSE : PAUSE);
                }
            });
        }
        Crew.run(jobs);
        System.out.println(number() + " " + answers);
        answers.check();
        assertTrue(answers.done("start") > 0 && answers.done("init") > 0 && answers.made("re-arm") > 0, answers::toString);
    }

    private void once(BpfMap<Integer, String> map, int pauseAfter) {
        answers.of("update", map.update(0, "v"));
        pause(pauseAfter == 1);
        MapElement<Integer, String> element = found(map, 0);
        BpfTimer<Integer, String> timer = element.timer();
        answers.of("init", timer.init(map, ClockId.MONOTONIC));
        pause(pauseAfter == 2);
        answers.of("setCallback", timer.setCallback(prog, this::expired));
        pause(pauseAfter == 3);
        answers.of("start", timer.start(0, 0));
        pause(pauseAfter == 4);
        if (pauseAfter == PAUSE) {
            Crew.letOthersRun(LONG_PAUSE_NS);
        }
        answers.of("cancel", cancel(timer));
    }

    private static void pause(boolean now) {
        if (now) {
            Thread.yield();
        }
    }

    private void expired(BpfMap<Integer, String> map, Integer key, String value) {
        answers.of("re-arm", found(map, key).timer().start(MS, 0));
    }
}
