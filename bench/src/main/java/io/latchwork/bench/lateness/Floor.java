// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.lateness;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What the machine can do at all: nobody who waits in that way is less late. */
final class Floor {
    private static final long SHORT_NS = 100_000;
    private static final long LONG_NS = 10_000_000;
    private static final long TINY_NS = 50_000;
    private static final long REST_NS = 2_000_000;

    private Floor() {
    }

    /**
     * Parks for 0.1 to 10 ms at a time.
     *
     * @param times how often
     * @param seed of the times
     * @param to how much longer each took
     */
    static void park(final int times, final long seed, final Lateness to) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < times; i++) {
            final long deadline = System.nanoTime() + random.nextLong(SHORT_NS, LONG_NS);
            parkUntil(deadline);
            to.add(System.nanoTime() - deadline);
        }
    }

    /**
     * Parks for 50 us at a time.
     *
     * @param times how often
     * @param to how much longer each took
     */
    static void parkTiny(final int times, final Lateness to) {
        for (int i = 0; i < times; i++) {
            final long deadline = System.nanoTime() + TINY_NS;
            parkUntil(deadline);
            to.add(System.nanoTime() - deadline);
        }
    }

    /**
     * Spins for 0.1 ms at a time.
     *
     * @param times how often
     * @param to how much longer each took
     */
    static void spin(final int times, final Lateness to) {
        for (int i = 0; i < times; i++) {
            to.add(spinUntil(System.nanoTime() + SHORT_NS));
        }
    }

    /**
     * Unparks a thread that has been parked for some milliseconds.
     *
     * @param times how often
     * @param to how long it took until the thread ran
     */
    static void unpark(final int times, final Lateness to) throws InterruptedException {
        final long[] calledNs = new long[1];
        final AtomicInteger turn = new AtomicInteger();
        final Thread sleeper = new Thread(() -> {
            for (int i = 0; i < times; i++) {
                while (turn.get() <= i) {
                    LockSupport.park();
                }
                to.add(System.nanoTime() - calledNs[0]);
            }
        }, "sleeper");
        sleeper.setDaemon(true);
        sleeper.start();
        for (int i = 0; i < times; i++) {
            LockSupport.parkNanos(REST_NS);
            calledNs[0] = System.nanoTime();
            turn.set(i + 1);
            LockSupport.unpark(sleeper);
        }
        sleeper.join();
    }

    /**
     * Carries a plan out without any timers: a thread that knows all its deadlines waits for one after the other, while another
     * wakes as often as the one that would arm.
     *
     * @param plan the plan
     * @param spins whether the thread spins; else it parks
     * @param firings told about each
     * @return when the plan began
     */
    static long run(final TimerPlan plan, final boolean spins, final Firings firings) throws InterruptedException {
        final Integer[] order = new Integer[plan.timers()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(plan.deadlineNs()[a], plan.deadlineNs()[b]));
        firings.expect(plan.timers());
        final long[] startNs = new long[1];
        final CountDownLatch started = new CountDownLatch(1);
        final Thread waiter = new Thread(() -> {
            startNs[0] = System.nanoTime();
            started.countDown();
            for (final int timer : order) {
                final long deadline = startNs[0] + plan.deadlineNs()[timer];
                if (spins) {
                    spinUntil(deadline);
                } else {
                    parkUntil(deadline);
                }
                firings.accept(timer);
            }
        }, "waiter");
        waiter.setDaemon(true);
        waiter.start();
        started.await();
        Pacer.run(plan, startNs[0], (timer, deadlineNs) -> { });
        waiter.join();
        return startNs[0];
    }

    private static void parkUntil(final long deadline) {
        long left = deadline - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = deadline - System.nanoTime();
        }
    }

    private static long spinUntil(final long deadline) {
        long late = System.nanoTime() - deadline;
        while (late < 0) {
            Thread.onSpinWait();
            late = System.nanoTime() - deadline;
        }
        return late;
    }
}
