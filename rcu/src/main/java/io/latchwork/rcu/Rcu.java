// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * A read-copy-update domain. Readers bracket their reads with {@link #readLock()} and {@link RcuSlot#unlock()}; updaters take an object
 * out of reach and hand it to {@link #callRcu}, or wait with {@link #synchronize()}, before it is used for something else. See the
 * package description for costs, limits and the matrix of who may run with whom.
 *
 * <p>Domains are independent: a slow reader delays only its own. Close a domain to end its thread.
 */
public final class Rcu extends RcuWaits implements AutoCloseable {
    /* Algorithm. A reader finds its slot (owned, else leased, else a counter) and publishes (epoch << 16 | nest) in one store. A grace
     * period adds one to the epoch, fences (or has all fence), and waits for each slot until its nest is 0 or its epoch is the
     * new one; then it empties both counter sets. Heads are pushed to buckets; a pass drains them, waits for a grace period begun
     * after that, invokes.
     *
     * Invariants
     * I1 nest and epoch live in one word; a balanced nested run leaves nest as found, with nest 0 perhaps a newer epoch.
     * I2 the epoch only grows and never wraps; completed is the target of a grace period that saw every slot.
     * I3 one driver of grace periods, one runner of passes; a driver never waits for a runner.
     * I4 only the owner or lessee of a slot writes its word; once it is dead, only the driver does.
     * I5 a head is in at most one bucket or batch; whoever accepted it invokes it once, also over close().
     * I6 a token is given back by the thread that took it.
     * I7 a sleeping reclaimer has shown a ticket, and found nothing after showing it.
     *
     * Safety. Section S, object X unlinked (U) before the increment G; R loads X's reference in S, by a volatile load.
     * (a) The scan sees S with an older epoch: it waits; unlock and scan are release and acquire, so S reads before X is reclaimed.
     * (b) The scan sees S with the new epoch: S loaded it from G, so U happens before R: S cannot find X.
     * (c) The scan does not see S: the publication is volatile and R is volatile, G is followed by a full fence before the scan. All
     *     these are in one total order; the scan's look came before the publication, so U did too, and R sees U.
     *     Asymmetric readers: the publication is opaque, and between G and the scan the kernel fences at some point p of S's
     *     thread (or a switch of threads has). If p comes before the publication, R comes after p and sees U. If p comes after
     *     it, the publication is visible before the scan begins, which does see S. For this, publication and R must be in program order
     *     in the machine code: see AsymmetricGate. Leases and counters publish by a read-modify-write in both modes.
     * (d) An epoch read long ago and published late is only too small: more waiting, never less. Hence one scan, no second phase.
     * (e) A cookie is epoch + 1, loaded after a fence: the grace period whose increment makes it comes after the load, so after U.
     * Counters: as (c) with a read-modify-write for the publication; a reader late on the old set is met by the drain before the flip.
     *
     * Re-entrancy. Publication is one operation, so no gap exists in which a nested reader could see a nest that is not published.
     * A claim, lease or push that is interrupted fails its CAS, or finds things as they were. Pre-linking: see Prelink.
     *
     * References: liburcu (word, cookies), Linux Documentation/RCU (callbacks, stalls, barrier), SRCU (counters). */

    private final Engine engine;
    private final CallbackBuckets buckets;
    private final Reclaimer reclaimer;
    private final ReclaimerThread thread;

    private Rcu(final Engine engine) {
        super(engine);
        this.engine = engine;
        buckets = engine.buckets();
        reclaimer = engine.reclaimer();
        thread = engine.thread();
    }

    static Rcu create(final Builder options, final GracePeriod.Factory factory) {
        return new Rcu(Engine.create(options, factory));
    }

    /** Makes a domain. Nothing is shared between the domains of one builder. */
    public static final class Builder extends BuilderOptions {
        Builder() {
        }

        @Override
        Builder self() {
            return this;
        }

        ThreadFactory reclaimerFactory() {
            if (manual) {
                return null;
            }
            if (threadFactory != null) {
                return threadFactory;
            }
            return task -> {
                final Thread thread = new Thread(task, name + "-reclaimer");
                thread.setDaemon(true);
                return thread;
            };
        }

        /**
         * Makes the domain and starts its thread. <b>Blocking</b> for as long as the linking of all call sites takes, once per JVM.
         *
         * @return the domain
         * @throws IllegalArgumentException if the thread factory returned null or a virtual thread
         */
        public Rcu build() {
            return build(GracePeriod::new);
        }

        Rcu build(final GracePeriod.Factory factory) {
            Prelink.ensure();
            final Rcu rcu = create(this, factory);
            if (!manual && (rcu.thread.thread() == null || VirtualThreads.isVirtual(rcu.thread.thread()))) {
                throw new IllegalArgumentException("the reclaimer must be a platform thread");
            }
            rcu.thread.start();
            return rcu;
        }
    }

    /**
     * Starts the making of a domain.
     *
     * @return a builder with all defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Has {@code head.reclaim()} called after a full grace period. Takes every head, however many are waiting.
     *
     * <p><b>Progress:</b> lock-free; a failed round means another push succeeded. Never blocks, never runs callbacks, allocates nothing.
     * <b>Context:</b> any: sections, callbacks, NMI-like hooks. <b>Ordering:</b> see {@link RcuHead#reclaim()}. Callbacks of one
     * thread run in the order of its calls. Source of the idea: {@code call_rcu()}, Linux and liburcu.
     *
     * @param head the object; must be out of reach of new readers already
     * @throws IllegalStateException if head is queued already, or the domain is closed; nothing is queued
     */
    public void callRcu(final RcuHead head) {
        final int depth = buckets.push(head, (int) Thread.currentThread().getId());
        if (depth < 0) {
            throw new IllegalStateException(depth == CallbackBuckets.TAKEN ? "head is queued already" : "domain is closed");
        }
        if (depth == engine.backlogHigh() + 1) {
            thread.hurry();
        } else {
            thread.wake();
        }
    }

    /**
     * As {@link #callRcu}, unless the backlog is at {@code backlogMax} (an estimate: concurrent calls may pass it by one each).
     *
     * @param head the object
     * @return true if queued; false if there is no room: nothing is queued, the head is free, the refusal is counted
     * @throws IllegalStateException as {@code callRcu}
     */
    public boolean tryCallRcu(final RcuHead head) {
        if (buckets.backlog() >= engine.backlogMax()) {
            Objects.requireNonNull(head);
            engine.counters().add(Counters.REFUSED);
            thread.wake();
            return false;
        }
        callRcu(head);
        return true;
    }

    /**
     * As {@link #callRcu}, after waiting for room while the backlog is at {@code backlogMax}: helps with an expedited grace period; in manual
     * mode it runs the waiting callbacks itself. <b>Blocking</b> then, until the callbacks before it have made room.
     *
     * <p><b>Context:</b> not in a section, not in a callback or stall listener.
     *
     * @param head the object
     * @throws InterruptedException if interrupted while waiting; nothing is queued
     * @throws IllegalStateException as {@code callRcu}, or from a wrong context; nothing is queued
     */
    public void callRcuThrottled(final RcuHead head) throws InterruptedException {
        checkMayRunCallbacks("callRcuThrottled");
        if (buckets.backlog() >= engine.backlogMax()) {
            engine.counters().add(Counters.THROTTLED);
            final Waiting waiting = Waiting.interruptibly();
            if (!thread.isManual()) {
                engine.gracePeriod().await(engine.gracePeriod().cookie(), waiting, true);
            }
            while (buckets.backlog() >= engine.backlogMax()) {
                if (thread.isManual()) {
                    reclaimer.pass(waiting, false);
                } else {
                    thread.hurry();
                    waiting.step();
                }
            }
        }
        callRcu(head);
    }

    /**
     * Waits until every callback queued before this call, by any thread, has returned. <b>Blocking.</b> In manual mode it runs
     * them. After {@code close()} it waits for the end of the closing pass.
     *
     * <p><b>Context:</b> not in a section, a callback or a stall listener. <b>Ordering:</b> the callbacks happen before the return.
     * Source of the idea: {@code rcu_barrier()}.
     *
     * @throws InterruptedException if interrupted; the wait is abandoned, the callbacks run nevertheless
     * @throws IllegalStateException from a wrong context
     */
    public void barrier() throws InterruptedException {
        checkMayRunCallbacks("barrier");
        final Waiting waiting = Waiting.interruptibly();
        waiting.checkInterrupt();
        final BarrierWait wait = new BarrierWait();
        for (int i = 0; i < CallbackBuckets.BUCKETS; i++) {
            final RcuHead marker = wait.new Marker();
            if (buckets.push(marker, i) < 0) {
                reclaimer.awaitPass(waiting);
                marker.reclaim();
            }
        }
        thread.hurry();
        while (thread.isManual() && !wait.isDone()) {
            reclaimer.pass(waiting, false);
        }
        wait.await(waiting);
    }

    /**
     * Runs one pass in the caller: takes what is queued, waits for a grace period, invokes. <b>Blocking</b>; an interrupt is kept.
     * With a reclaimer thread it is legal too; passes are serialised. <b>Context:</b> not in a section, a callback or a stall listener.
     *
     * @return callbacks invoked
     * @throws IllegalStateException from a wrong context
     */
    public int reclaim() {
        checkMayRunCallbacks("reclaim");
        return uninterruptibly(waiting -> reclaimer.pass(waiting, false));
    }

    /**
     * A look at the domain's numbers. Wait-free, any context; allocates the record.
     *
     * @return the numbers
     */
    public RcuStats stats() {
        final Counters counters = engine.counters();
        return new RcuStats(tables().epochs().current(), engine.gracePeriod().completed(), counters.get(Counters.GRACE_PERIODS),
            buckets.backlog(), counters.get(Counters.INVOKED), counters.get(Counters.CALLBACK_ERRORS), counters.get(Counters.STALLS),
            counters.get(Counters.AUTO_RELEASED), counters.get(Counters.REFUSED), counters.get(Counters.THROTTLED));
    }

    /**
     * Closes the queue, runs everything accepted, and ends the reclaimer thread. Waits for readers only if something was accepted,
     * or a cookie asked for. From then on {@code callRcu} refuses, also to callbacks that queue themselves again; read sections and
     * waits go on working. <b>Blocking</b>; an interrupt is kept. Further calls wait for the same end and change nothing.
     * <b>Context:</b> not in a section, a callback or a stall listener.
     *
     * @throws IllegalStateException from a wrong context
     */
    @Override
    public void close() {
        checkMayRunCallbacks("close");
        uninterruptibly(waiting -> {
            if (thread.isManual()) {
                return reclaimer.pass(waiting, true);
            }
            thread.closeAndJoin(waiting);
            return 0;
        });
    }

    @FunctionalInterface
    private interface BlockingStep {
        int run(Waiting waiting) throws InterruptedException;
    }

    private static int uninterruptibly(final BlockingStep step) {
        final Waiting waiting = Waiting.uninterruptibly();
        try {
            return step.run(waiting);
        } catch (final InterruptedException impossible) {
            throw new AssertionError(impossible);
        } finally {
            waiting.restoreInterrupt();
        }
    }

    private void checkMayRunCallbacks(final String call) {
        checkMayWait(call);
        if (reclaimer.isRunner()) {
            throw new IllegalStateException(call + " from a callback");
        }
    }
}
