// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads that begin together and must all end: one that hangs fails the test with its stack. */
final class Crew {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NS = 50_000;
    private static final long JOIN_MS = 500;

    private Crew() {
    }

    /** What a thread does. */
    interface Job {
        void run() throws Exception;
    }

    static void run(Job... jobs) {
        run(List.of(jobs));
    }

    static void run(List<Job> jobs) {
        CyclicBarrier start = new CyclicBarrier(jobs.size());
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (Job job : jobs) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    job.run();
                } catch (Throwable e) {
                    thrown.add(e);
                }
            }, "crew-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        long end = System.nanoTime() + LIMIT_NS;
        for (Thread thread : threads) {
            while (!join(thread)) {
                if (!thrown.isEmpty()) {
                    throw failure("others wait for a thread that failed", thrown);
                }
                if (System.nanoTime() - end > 0) {
                    AssertionError hang = new AssertionError(thread.getName() + " hangs");
                    hang.setStackTrace(thread.getStackTrace());
                    throw hang;
                }
            }
        }
        if (!thrown.isEmpty()) {
            throw failure(thrown.size() + " of " + jobs.size() + " threads failed", thrown);
        }
    }

    private static AssertionError failure(String what, Queue<Throwable> thrown) {
        AssertionError failure = new AssertionError(what, thrown.peek());
        thrown.stream().skip(1).forEach(failure::addSuppressed);
        return failure;
    }

    private static boolean join(Thread thread) {
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return !thread.isAlive();
    }

    /** Waits for the others at a barrier. */
    static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(LIMIT_NS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("nobody else came", e);
        }
    }

    /** Waits until something holds, which it must. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Lets others run, for about so long. */
    static void letOthersRun(int ns) {
        LockSupport.parkNanos(ns);
    }

    /** Keeps the processor busy. */
    static void spin(int rounds) {
        for (int i = 0; i < rounds; i++) {
            Thread.onSpinWait();
        }
    }
}
