// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** A thread of the torture: does the same again and again until the run ends. */
abstract class Worker {
    final Run run;
    final Flavour flavour;
    final Tally tally;
    final SplittableRandom random;
    private final String name;
    private Thread thread;

    Worker(final Run run, final String name) {
        this.run = run;
        this.name = name;
        flavour = run.flavour;
        tally = run.tally;
        random = run.newRandom();
    }

    abstract void round() throws InterruptedException;

    /** The thread that this runs on; the task is {@link #work()}. */
    Thread newThread(final Runnable task) {
        return Threads.make(false, name, task);
    }

    /** Whether it waits in its own way for the end of a pause. */
    boolean pausesByItself() {
        return false;
    }

    final String name() {
        return name;
    }

    final Thread thread() {
        return thread;
    }

    final void start() {
        thread = newThread(this::work);
        thread.start();
    }

    private void work() {
        try {
            while (!run.isStopping()) {
                if (!pausesByItself()) {
                    run.stutter.pass(run);
                }
                round();
            }
        } catch (final InterruptedException e) {
            if (!run.isStopping()) {
                run.fail(name + " was interrupted by somebody else");
            }
        } catch (final Throwable thrown) {
            run.threw(name, thrown);
        }
    }

    /** Sleeps between two rounds, at least until the run ends. */
    final void rest(final long ms) {
        final long until = System.nanoTime() + ms * 1_000_000;
        for (long left; !run.isStopping() && (left = until - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(this, Math.min(left, 5_000_000));
        }
    }

    /** Waits until something is so; false if the run ends or it takes so long that it never will be. */
    final boolean await(final Condition condition, final String what) throws InterruptedException {
        final long began = System.nanoTime();
        while (!condition.holds()) {
            if (run.isStopping()) {
                return false;
            }
            if (System.nanoTime() - began > run.hangNs()) {
                run.fail(name + ": " + what);
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(this, 100_000);
        }
        return true;
    }

    /** What is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }
}
