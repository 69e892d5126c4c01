// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** What the tests share: threads whose failures reach the test, and readers held open by latches. */
final class Support {
    /** How long a test waits for what must come. Shorter where it is known not to: a mutant is caught by waiting in vain. */
    static final long LIMIT_S = Long.getLong("latchwork.patience.seconds", 20);

    private Support() {
    }

    /** A task that may throw. */
    interface Body {
        void run() throws Exception;
    }

    /** A started thread; {@link #end()} waits for it and rethrows what it threw. */
    static final class Worker {
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread thread;

        Worker(final boolean virtual, final Body body) {
            final Runnable task = () -> {
                try {
                    body.run();
                } catch (final Throwable e) {
                    failure.set(e);
                }
            };
            thread = virtual ? virtualThread(task) : new Thread(task, "worker");
            if (!virtual) {
                thread.setDaemon(true);
            }
            thread.start();
        }

        void end() throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_S));
            assertFalse(thread.isAlive(), "worker hangs");
            if (failure.get() != null) {
                throw new AssertionError("worker failed", failure.get());
            }
        }
    }

    static Worker start(final Body body) {
        return new Worker(false, body);
    }

    static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    /** Unstarted virtual thread, by reflection: the tests are compiled for release 17. */
    static Thread virtualThread(final Runnable task) {
        try {
            final Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (Thread) Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class).invoke(builder, task);
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** A thread that stays inside a section until told to leave. */
    static final class HeldReader {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch leave = new CountDownLatch(1);
        final Worker worker;
        volatile int kind = -1;

        HeldReader(final Rcu rcu) throws InterruptedException {
            this(rcu, false);
        }

        HeldReader(final Rcu rcu, final boolean virtual) throws InterruptedException {
            worker = new Worker(virtual, () -> {
                final RcuSlot slot = rcu.readLock();
                try {
                    kind = slot.kind;
                    entered.countDown();
                    await(leave);
                } finally {
                    slot.unlock();
                }
            });
            await(entered);
        }

        void leave() throws InterruptedException {
            leave.countDown();
            worker.end();
        }
    }

    /** Spins until the condition holds; fails when it never does. */
    static void until(final BooleanSupplier condition) {
        final long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(LIMIT_S), "condition never held");
            Thread.onSpinWait();
        }
    }

    static void await(final CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(LIMIT_S, TimeUnit.SECONDS), "latch not opened");
    }

    /** Counts its invocations. */
    static final class Counting extends RcuHead {
        volatile int runs;

        @Override
        protected void reclaim() {
            runs = runs + 1;
        }
    }

    static RcuHead head(final Runnable action) {
        return new RcuHead() {
            @Override
            protected void reclaim() {
                action.run();
            }
        };
    }

    static Rcu.Builder manual() {
        return Rcu.builder().ownedSlots(16).leasedSlots(16).manual();
    }

    static int tierOf(final Rcu rcu) {
        final RcuSlot slot = rcu.readLock();
        try {
            return slot.kind;
        } finally {
            slot.unlock();
        }
    }
}
