// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/** The waits of {@link Rcu}: grace periods for those who stay for them. Its public methods are the domain's. */
abstract class RcuWaits extends RcuReadSide {
    /** Longest time a plain synchronize() waits for others to drive a grace period it can share, ns. */
    private static final long MAX_SHARE_NS = 1_000_000;

    private final GracePeriod gracePeriod;
    private final Reclaimer reclaimer;
    private final ReclaimerThread thread;
    private final long shareNs;

    RcuWaits(final Engine engine) {
        super(engine.tables());
        gracePeriod = engine.gracePeriod();
        reclaimer = engine.reclaimer();
        thread = engine.thread();
        shareNs = thread.isManual() ? 0 : Math.min(engine.batchDelayNs(), MAX_SHARE_NS);
    }

    /**
     * Waits until every section that is open now has ended. Waits up to 1 ms for a grace period that others drive, then drives one.
     *
     * <p><b>Progress:</b> blocking, by the slowest reader. <b>Context:</b> not in a section (one in the counter tier cannot be detected: it
     * would wait for itself, and is reported as a stall), not in a stall listener; allowed in callbacks. <b>Ordering:</b> the sections
     * happen before the return; sections begun later see all that was done before the call. Source: {@code synchronize_rcu()}.
     *
     * @throws InterruptedException if interrupted; the wait is abandoned, nothing else changes
     * @throws IllegalStateException from a wrong context
     */
    public final void synchronize() throws InterruptedException {
        shareOrDrive(Waiting.interruptibly());
    }

    /**
     * As {@link #synchronize()}, for a limited time.
     *
     * @param timeoutNs the longest wait, ns; 0 or less looks once and does not wait
     * @return true if a grace period has passed; false if the time was up: nothing is promised
     * @throws InterruptedException if interrupted
     * @throws IllegalStateException from a wrong context
     */
    public final boolean synchronize(final long timeoutNs) throws InterruptedException {
        return shareOrDrive(Waiting.atMost(timeoutNs));
    }

    private boolean shareOrDrive(final Waiting waiting) throws InterruptedException {
        checkMayWait("synchronize");
        waiting.checkInterrupt();
        final long cookie = gracePeriod.cookie();
        final long began = System.nanoTime();
        while (gracePeriod.completed() < cookie && System.nanoTime() - began < shareNs && waiting.step()) {
            Thread.onSpinWait();
        }
        return gracePeriod.await(cookie, waiting, false);
    }

    /**
     * As {@link #synchronize()}, driving the grace period at once: shortest latency, one scan of all slots for the caller alone.
     *
     * @throws InterruptedException if interrupted; the wait is abandoned, nothing else changes
     * @throws IllegalStateException from a wrong context
     */
    public final void synchronizeExpedited() throws InterruptedException {
        checkMayWait("synchronizeExpedited");
        final Waiting waiting = Waiting.interruptibly();
        waiting.checkInterrupt();
        gracePeriod.await(gracePeriod.cookie(), waiting, true);
    }

    /**
     * Asks for a grace period without waiting: everything done before this call is covered by the cookie, and the reclaimer
     * thread will complete it (manual or closed: {@link Rcu#reclaim()} or any wait does). <b>Progress:</b> wait-free, allocates nothing.
     * <b>Context:</b> any. Source: {@code start_poll_synchronize_rcu()}.
     *
     * @return the cookie, for {@link #poll} and {@link #condSynchronize} of this domain
     */
    public final long startPoll() {
        final long cookie = gracePeriod.cookie();
        reclaimer.want();
        thread.wake();
        return cookie;
    }

    /**
     * Whether a full grace period has passed since the cookie was made. Wait-free, any context.
     *
     * @param cookie from {@link #startPoll()}
     * @return true if it has (ordering as the return of {@code synchronize()}, for good); false if not yet
     */
    public final boolean poll(final long cookie) {
        return gracePeriod.completed() >= cookie;
    }

    /**
     * Waits until {@code poll(cookie)} would answer true; at once if it does. <b>Blocking</b> and context as {@link #synchronize()}.
     *
     * @param cookie from {@link #startPoll()}
     * @throws InterruptedException if interrupted; the wait is abandoned
     * @throws IllegalArgumentException if this domain cannot have made the cookie
     * @throws IllegalStateException from a wrong context, whether or not it would wait
     */
    public final void condSynchronize(final long cookie) throws InterruptedException {
        checkMayWait("condSynchronize");
        if (cookie > gracePeriod.cookie() || cookie <= 0) {
            throw new IllegalArgumentException("not a cookie of this domain: " + cookie);
        }
        final Waiting waiting = Waiting.interruptibly();
        waiting.checkInterrupt();
        gracePeriod.await(cookie, waiting, false);
    }

    final void checkMayWait(final String call) {
        if (isReadHeld()) {
            throw new IllegalStateException(call + " inside a read section of this domain");
        }
        if (gracePeriod.isDriver()) {
            throw new IllegalStateException(call + " from a stall listener");
        }
    }
}
