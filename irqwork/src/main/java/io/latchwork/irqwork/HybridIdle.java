// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * The default way for a worker to idle: spins, then yields, then parks until the next deadline, the lazy tick, or a
 * raise, whichever comes first. A timed park ends late, by the timer slack of the machine; this strategy learns by
 * how much, parks so much shorter, and spins for the rest, if it is told how long it may spin. One instance per
 * worker, which is both its idle strategy and the raiser of its queue:
 * <pre>{@code
 * HybridIdle idle = new HybridIdle();
 * IrqWorkQueue queue = new IrqWorkQueue(idle, errorHandler);
 * IrqWorker worker = new IrqWorker("base-0", queue, timers);
 * idle.bind(queue::isEmpty, worker::nextDeadlineNs);          // before the worker starts
 * AgentRunner.startOnThread(new AgentRunner(idle, agentErrors, null, worker));
 * }</pre>
 *
 * <p><b>Cost:</b> raising a worker that is not parked costs one load. An idle worker wakes once a lazy tick; that
 * bounds how late lazy items run, how late all items run when the thread that was to raise is stalled for good, and how
 * late the worker sees {@code AgentRunner.close()}, which does not raise. {@link Long#MAX_VALUE} gives these bounds up.
 *
 * <p>Deadlines are compared as plain numbers with the clock: both saturate, neither wraps. Waking early is allowed at
 * any time. An interrupt ends a park, and an interrupted worker yields in place of parking; the status is kept.
 * Unparking a platform thread is a short call into the JVM that does not wait for the worker; unparking a virtual
 * thread may allocate, so give a worker a platform thread. {@link #raise()} is for anybody, the rest for the worker.
 */
public class HybridIdle implements IdleStrategy, Raiser {

    /** How often {@link #idle()} spins before it yields, unless told otherwise. */
    public static final int DEFAULT_SPINS = 100;
    /** How often {@link #idle()} yields before it parks, unless told otherwise. */
    public static final int DEFAULT_YIELDS = 10;
    /** The longest park in nanoseconds, and so the lazy tick, unless told otherwise: 10 ms. */
    public static final long DEFAULT_LAZY_TICK_NS = 10_000_000;
    /** The longest spin before a deadline in nanoseconds that is advised where parks end late: 200 us. */
    public static final long DEFAULT_MAX_SLACK_NS = 200_000;
    /** The share of the time, in percent, that may be spent in spins before deadlines, that is advised: 25. */
    public static final int DEFAULT_SLACK_PERCENT = 25;
    /** The largest value for the longest spin before a deadline in nanoseconds: 1 ms. */
    public static final long MAX_SLACK_NS = TimerSlack.MAX_CAP_NS;

    /*
     * Algorithm: the worker stores PARKED with the number of the park, then looks at its queue once more, and parks only
     * if that is empty. A raiser, after its push, looks for PARKED, unparks, and only then takes PARKED back.
     *
     * Invariants
     *   I1  a worker that parks after a push has seen it, or the pusher has seen PARKED: all four accesses are
     *       sequentially consistent (ID1, ID2 here; LL3, LL4 in Llist).
     *   I2  PARKED is taken back only after an unpark, so a raiser that stalls in between silences nobody; and only for
     *       the park that was seen, by its number, else the next park could go unseen. An unpark that hits a later
     *       park ends it early: harmless.
     *   I3  the worker takes PARKED back itself whenever it goes on.
     *
     * Before a deadline that is no farther away than parks overshoot, the worker does not park: it looks at its queue and
     * at the clock in turn. It is not PARKED meanwhile, so a raiser need not wake it: the next look sees the push.
     */
    private static final int PARKED = 1;
    /** So often is the clock looked at, at most, in one spin: more often than the longest spin takes, unless it stands still. */
    private static final int MAX_LOOKS = 1 << 16;

    private static final VarHandle STATE = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "state", VarHandle.class, HybridIdle.class, int.class);

    private final int maxSpins;
    private final int maxYields;
    private final long lazyTickNs;
    private final LongSupplier nanoClock;
    private final Parker parker;
    private final TimerSlack slack;
    private BooleanSupplier isEmpty;
    private LongSupplier nextDeadlineNs;
    private int rounds;
    private int parks; // the worker's alone
    private int state;

    /** The default numbers, no spin before deadlines, {@link System#nanoTime()} and parking by {@code LockSupport}. */
    public HybridIdle() {
        this(DEFAULT_SPINS, DEFAULT_YIELDS, DEFAULT_LAZY_TICK_NS, System::nanoTime);
    }

    /**
     * No spin before deadlines, parking by {@code LockSupport}.
     *
     * @param maxSpins how often to spin first, &gt;= 0
     * @param maxYields how often to yield then, &gt;= 0
     * @param lazyTickNs the longest park in nanoseconds, &gt; 0
     * @param nanoClock the clock that deadlines are measured by, in nanoseconds
     */
    public HybridIdle(final int maxSpins, final int maxYields, final long lazyTickNs, final LongSupplier nanoClock) {
        this(maxSpins, maxYields, lazyTickNs, nanoClock, new ThreadParker());
    }

    /**
     * No spin before deadlines.
     *
     * @param maxSpins how often to spin first, &gt;= 0
     * @param maxYields how often to yield then, &gt;= 0
     * @param lazyTickNs the longest park in nanoseconds, &gt; 0
     * @param nanoClock the clock that deadlines are measured by, in nanoseconds
     * @param parker how to sleep and wake
     * @throws IllegalArgumentException if a number is out of its range
     */
    public HybridIdle(final int maxSpins, final int maxYields, final long lazyTickNs, final LongSupplier nanoClock,
        final Parker parker) {
        this(maxSpins, maxYields, lazyTickNs, nanoClock, parker, 0, 0);
    }

    /**
     * Parking by {@code LockSupport}, and spins before deadlines.
     *
     * @param maxSpins how often to spin first, &gt;= 0
     * @param maxYields how often to yield then, &gt;= 0
     * @param lazyTickNs the longest park in nanoseconds, &gt; 0
     * @param nanoClock the clock that deadlines are measured by, in nanoseconds, which goes by itself
     * @param maxSlackNs the longest spin before a deadline in nanoseconds, 0 to {@link #MAX_SLACK_NS}; 0: none
     * @param slackPercent the share of the time that may be spent in such spins, 0 to 100; when it is used up the
     *     worker parks until the deadline, and wakes late, until it has grown again
     * @throws IllegalArgumentException if a number is out of its range
     */
    public HybridIdle(final int maxSpins, final int maxYields, final long lazyTickNs, final LongSupplier nanoClock,
        final long maxSlackNs, final int slackPercent) {
        this(maxSpins, maxYields, lazyTickNs, nanoClock, new ThreadParker(), maxSlackNs, slackPercent);
    }

    /**
     * All parts given.
     *
     * @param maxSpins how often to spin first, &gt;= 0
     * @param maxYields how often to yield then, &gt;= 0
     * @param lazyTickNs the longest park in nanoseconds, &gt; 0
     * @param nanoClock the clock that deadlines are measured by, in nanoseconds, which goes by itself
     * @param parker how to sleep and wake
     * @param maxSlackNs the longest spin before a deadline in nanoseconds, 0 to {@link #MAX_SLACK_NS}; 0: none
     * @param slackPercent the share of the time that may be spent in such spins, 0 to 100
     * @throws IllegalArgumentException if a number is out of its range
     */
    public HybridIdle(final int maxSpins, final int maxYields, final long lazyTickNs, final LongSupplier nanoClock,
        final Parker parker, final long maxSlackNs, final int slackPercent) {
        if (maxSpins < 0 || maxYields < 0 || lazyTickNs <= 0) {
            throw new IllegalArgumentException(maxSpins + " spins, " + maxYields + " yields, tick " + lazyTickNs);
        }
        this.maxSpins = maxSpins;
        this.maxYields = maxYields;
        this.lazyTickNs = lazyTickNs;
        this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock");
        this.parker = Objects.requireNonNull(parker, "parker");
        this.slack = new TimerSlack(maxSlackNs, slackPercent);
    }

    /**
     * Tells the strategy what to look at before it parks. To be called once, before the worker's thread starts.
     * @param isEmpty whether nothing is waiting, sequentially consistent with the push: {@link IrqWorkQueue#isEmpty()}
     * @param nextDeadlineNs when to wake at the latest; {@link Long#MAX_VALUE}: never
     * @throws IllegalStateException if it was told before
     */
    public final void bind(final BooleanSupplier isEmpty, final LongSupplier nextDeadlineNs) {
        Objects.requireNonNull(isEmpty, "isEmpty");
        Objects.requireNonNull(nextDeadlineNs, "nextDeadlineNs");
        if (this.isEmpty != null) {
            throw new IllegalStateException("bound already: one strategy per worker");
        }
        this.nextDeadlineNs = nextDeadlineNs;
        this.isEmpty = isEmpty;
    }

    @Override
    public final void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    /**
     * Spins, yields, parks, or spins until a near deadline, once.
     * <p><b>Blocks</b> up to the next deadline or the lazy tick. <b>Context:</b> the worker.
     *
     * @throws IllegalStateException if it would park, and {@link #bind} was never called
     */
    @Override
    public final void idle() {
        if (rounds < maxSpins) {
            rounds++;
            Thread.onSpinWait();
        } else if (rounds - maxSpins < maxYields) {
            rounds++;
            Thread.yield();
        } else {
            park();
        }
    }

    @Override
    public final void reset() {
        rounds = 0;
    }

    @Override
    public String alias() {
        return "latchwork-hybrid";
    }

    /**
     * Wakes the worker if it is parked or about to park.
     * <p><b>Progress:</b> wait-free: 1 load; if the worker is parked also 1 unpark and 1 CAS. <b>Context:</b>
     * anywhere, any nesting. <b>Ordering:</b> what was pushed before is seen by the worker before it parks again.
     */
    @Override
    public final void raise() {
        final int seen = (int) STATE.getVolatile(this); // ID2 <-> ID1: either this sees PARKED, or the worker the push
        if ((seen & PARKED) != 0) {
            parker.unpark(); // first: a raiser that stalls before the next line has not silenced the others
            STATE.compareAndSet(this, seen, seen + 1); // relaxed: spares later raisers the unpark; its park only, by number
        }
    }

    private void park() {
        if (isEmpty == null) {
            throw new IllegalStateException("bind() was never called");
        }
        final long deadline = nextDeadlineNs.getAsLong();
        if (deadline == Long.MAX_VALUE) {
            sleep(lazyTickNs); // spares a look at the clock
            return;
        }
        final long now = nanoClock.getAsLong();
        if (deadline <= now) {
            return;
        }
        final long wait = deadline - now;
        if (wait < 0) { // overflow, so very far away
            sleep(lazyTickNs);
            return;
        }
        final long early = slack.earlyNs(now);
        if (wait <= early) {
            spin(now, deadline);
        } else {
            final long ns = Math.min(wait - early, lazyTickNs);
            if (sleep(ns) && !slack.isOff()) {
                slack.overslept(nanoClock.getAsLong() - now - ns);
            }
        }
    }

    /** Parks, unless something is waiting already. */
    private boolean sleep(final long ns) {
        parker.prepare();
        parks += 2;
        STATE.setVolatile(this, parks | PARKED); // ID1 <-> ID2: either the raiser sees PARKED, or the look below the push
        final boolean parked = isEmpty.getAsBoolean();
        if (parked) {
            parker.park(ns);
        }
        STATE.setOpaque(this, parks + 2); // relaxed: seen late, it costs one needless wake-up
        return parked;
    }

    /** Until the deadline, or until something is waiting. */
    private void spin(final long from, final long deadline) {
        long now = from;
        for (int looks = 0; now < deadline && isEmpty.getAsBoolean(); looks++) {
            if (looks == MAX_LOOKS) {
                slack.forget();
                break;
            }
            Thread.onSpinWait();
            now = nanoClock.getAsLong();
        }
        slack.spun(now - from);
    }
}
