// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Grace periods of one domain: one at a time, driven by whoever needs one, shared by all who wait.
 *
 * <p>Not final so that a test can break it on purpose and see the breakage found.
 */
class GracePeriod {
    private static final VarHandle COMPLETED = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "completed", VarHandle.class, GracePeriod.class, long.class);
    private static final VarHandle DRIVER = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "driver", VarHandle.class, GracePeriod.class, Thread.class);

    private final ReaderTables tables;
    private final StallWatch watch;
    private final Counters counters;
    private long completed;     // target of the last finished grace period; written by the driver
    private Thread driver;      // who runs the present grace period, or null

    /** How a domain makes its grace periods. */
    @FunctionalInterface
    interface Factory {
        GracePeriod create(ReaderTables tables, StallWatch watch, Counters counters);
    }

    GracePeriod(final ReaderTables tables, final StallWatch watch, final Counters counters) {
        this.tables = tables;
        this.watch = watch;
        this.counters = counters;
    }

    /** A cookie for "everything before now": any grace period that begins after this call completes it. Wait-free. */
    final long cookie() {
        // RC2 <-> RC1: the unlink before our look at the epoch; else a grace period that began before it could complete the cookie
        VarHandle.fullFence();
        return tables.epochs().current() + 1;
    }

    /** The target of the last finished grace period. Wait-free. */
    final long completed() {
        // RC18 <- RC17: what the sections read is read before the caller reclaims
        return (long) COMPLETED.getAcquire(this);
    }

    /** Whether the calling thread drives a grace period: only a stall listener can ask and hear yes. */
    final boolean isDriver() {
        return driver == Thread.currentThread(); // plain: only this thread stores itself here, and takes itself out
    }

    /**
     * Waits until the cookie is complete, driving grace periods as needed.
     *
     * @return false if the time of {@code waiting} was up before
     */
    final boolean await(final long cookie, final Waiting waiting, final boolean expedited) throws InterruptedException {
        waiting.reset();
        while (completed() < cookie) {
            if (tryDrive()) {
                try {
                    if (completed() < cookie && !run(waiting, expedited)) {
                        return false;
                    }
                } finally {
                    endDrive();
                }
                waiting.reset();
            } else if (!waiting.step()) {
                return completed() >= cookie;
            }
        }
        return true;
    }

    private boolean tryDrive() {
        // RC10 <- RC9: phase, statistics and completed of the driver before us; else a flip or a target is done twice
        return DRIVER.compareAndSet(this, (Thread) null, Thread.currentThread());
    }

    private void endDrive() {
        // RC9 -> RC10: hands all plain state of the grace period to the next driver
        DRIVER.setRelease(this, (Thread) null);
    }

    private boolean run(final Waiting waiting, final boolean expedited) throws InterruptedException {
        watch.begin(expedited);
        final long target = tables.epochs().advance();
        // RC2 <-> RC1: unlinks and the new epoch before the first look at a slot; else a reader is missed that missed the unlink
        VarHandle.fullFence();
        tables.barrier().run();
        if (!awaitReaders(target, waiting)) {
            return false; // given up: the epoch has moved, nothing is complete, the next driver starts afresh
        }
        tables.marks().releaseDead();
        counters.add(Counters.GRACE_PERIODS);
        // RC17 -> RC18: all sections waited for have ended before anybody learns so
        COMPLETED.setRelease(this, target);
        return true;
    }

    /** Waits for every section that was open when the epoch became {@code target}; false when the time was up. */
    boolean awaitReaders(final long target, final Waiting waiting) throws InterruptedException {
        return awaitSlots(tables.slots().owned, target, waiting)
            && awaitSlots(tables.slots().leased, target, waiting)
            && tables.counters().drain(target, waiting, watch);
    }

    private boolean awaitSlots(final RcuSlot[] slots, final long target, final Waiting waiting) throws InterruptedException {
        for (final RcuSlot slot : slots) {
            if (!awaitSlot(slot, target, waiting)) {
                return false;
            }
        }
        return true;
    }

    private boolean awaitSlot(final RcuSlot slot, final long target, final Waiting waiting) throws InterruptedException {
        waiting.reset();
        while (true) {
            final int nestAtDeath = slot.releaseIfDead();
            if (nestAtDeath > 0) {
                counters.add(Counters.AUTO_RELEASED);
            }
            final long word = slot.wordAcquire();
            if (SlotFields.nestOf(word) == 0 || SlotFields.epochOf(word) >= target) {
                return true;
            }
            watch.checkSlot(slot, word, target);
            if (!waiting.step()) {
                return false;
            }
        }
    }
}
