// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import io.latchwork.async.port.Interrupt.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * What T28 to T35 share, the original's concurrency benchmark: one operation on one shared element, from task context
 * on several threads, and from NMI in whatever they and the bases are doing, while the timer's callback re-arms itself
 * with 0, pinned. Counts each answer, and the time of each call without that of the interrupts in it; the first
 * unexpected answer fails the test.
 */
abstract class Conctest extends PortCase {
    static final int THREADS = 4;
    private static final int EVERY = 2;
    /** Three are used; the quota has room for what each thread, and each interrupt in it, is about to give back. */
    private static final int ENTRIES = 64;
    /** How often a thread lets the bases run. */
    private static final int PAUSE = 32;

    final Interrupt interrupt = new Interrupt();
    final Answers answers = new Answers()
        .allow("callback: re-arm", Status.OK, Status.REARMED, Status.EINVAL, Status.ENOENT, Status.ECANCELED);
    private final OpStats stats = new OpStats();
    /** How long the interrupts of a thread took, for whoever they interrupted. */
    private final ThreadLocal<long[]> stolen = ThreadLocal.withInitial(() -> new long[1]);
    final Key key = interrupt.key(0);
    BpfMap<Key, String> map;

    /** An operation, given a handle that points at the element, if there is one. */
    interface Op {
        void run(MapElement<Key, String> element);
    }

    /** Two bases with the system's clock; the element's timer is armed. */
    final void openArmed() {
        use(RuntimeSpec.launched(interrupt.clock(AsyncClock.system()), this::onError).withBases(2));
        BpfHashMap<Key, String> made = rt.hashMap("shared", ENTRIES);
        map = made;
        assertEquals(Status.OK, map.update(key, "v"));
        BpfTimer<Key, String> timer = timer(map, key, this::reArm);
        assertEquals(Status.OK, timer.start(0, pinned()));
        Crew.await("it fires", () -> answers.made("callback: re-arm") > 0);
    }

    static int pinned() {
        return has(Feature.PIN) ? BpfTimer.TIMER_CPU_PIN : 0;
    }

    final void reArm(BpfMap<Key, String> in, Key own, String value) {
        MapElement<Key, String> element = in.lookup(own);
        answers.of("callback: re-arm", element == null ? Status.ENOENT : element.timer().start(0, pinned()));
    }

    /** From task context on several threads. */
    final void inTask(int iterations, Op op) {
        run(iterations, op, null);
    }

    /** From task context on several threads, and in NMI in all that they and the bases call. */
    final void inTaskAndNmi(int iterations, Op op) {
        run(iterations, op, op);
        assertTrue(interrupt.hits() > 0, "no interrupt came");
    }

    private void run(int iterations, Op op, Op inNmi) {
        if (inNmi != null) {
            ThreadLocal<MapElement<Key, String>> handles = ThreadLocal.withInitial(map::handle);
            interrupt.arm(rt, EVERY, 1, () -> {
                long begin = System.nanoTime();
                MapElement<Key, String> handle = handles.get();
                map.lookup(key, handle);
                op.run(handle);
                stolen.get()[0] += System.nanoTime() - begin;
            });
        }
        List<Crew.Job> jobs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int base = i % 2;
            jobs.add(() -> thread(iterations, base, op));
        }
        Crew.run(jobs);
        interrupt.disarm();
        System.out.println(number() + " " + stats + " " + interrupt.hits() + " in NMI " + answers);
        answers.check();
    }

    private void thread(int iterations, int base, Op op) {
        if (has(Feature.PIN)) {
            assertEquals(Status.OK, rt.bindThread(base));
        }
        long[] mine = stolen.get();
        MapElement<Key, String> handle = map.handle();
        for (int i = 0; i < iterations; i++) {
            map.lookup(key, handle);
            long before = mine[0];
            long begin = System.nanoTime();
            op.run(handle);
            stats.add(Math.max(0, System.nanoTime() - begin - (mine[0] - before)));
            if (i % PAUSE == 0) {
                Thread.yield();
            }
        }
        if (has(Feature.PIN)) {
            assertEquals(Status.OK, rt.bindThread(-1));
        }
    }

    /** Makes the element's timer as it was in the beginning; what the answers are is part of the test. */
    final void reinit(MapElement<Key, String> element) {
        answers.of("init", element.timer().init(map, ClockId.MONOTONIC));
        answers.of("setCallback", element.timer().setCallback(prog, this::reArm));
        answers.of("start", element.timer().start(0, pinned()));
    }
}
