// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;

/**
 * How far the time since boot is ahead of a monotonic time that stands still while the machine is suspended.
 *
 * <p>The source of the time since boot is coarse and costs a system call, so it is asked at most once in {@link #CHECK_NS}, and
 * what it says counts only if the distance has grown by more than {@link #NOISE_NS} since it was last taken over. So the distance
 * only grows, in jumps, one a suspension; shorter suspensions add up until they are noticed.
 *
 * <p>The distance is never over-estimated: the source rounds down, and the monotonic time is read after it.
 *
 * <p><b>Context:</b> any thread, any nesting. <b>Progress:</b> wait-free, apart from the read of the source, which is made by one
 * thread at a time; whoever comes meanwhile uses the last distance. A thread that is stopped for ever inside that read
 * keeps the distance as it is, and keeps nobody from finishing.
 */
final class BootOffset {
    /** What a source answers that cannot tell. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** The source is not asked again within this time, in nanoseconds. */
    static final long CHECK_NS = 100_000_000L;

    /** A growth of the distance up to this, in nanoseconds, is taken for imprecision. */
    static final long NOISE_NS = 50_000_000L;

    private static final int TRIES = 5;
    private static final long TIGHT_NS = 1_000_000L;

    private static final int FREE = 0;
    private static final int CLAIMED = 1;

    private static final VarHandle OFFSET;
    private static final VarHandle NEXT_CHECK;
    private static final VarHandle CLAIM;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OFFSET = lookup.findVarHandle(BootOffset.class, "offset", long.class);
            NEXT_CHECK = lookup.findVarHandle(BootOffset.class, "nextCheck", long.class);
            CLAIM = lookup.findVarHandle(BootOffset.class, "claim", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongSupplier nanoTime;
    private final LongSupplier uptime;
    private final boolean known;

    // written by the holder of the claim alone
    private long offset;
    private long nextCheck;

    private int claim = FREE;

    /**
     * Takes the distance for the first time; up to {@link #NOISE_NS} it is 0. If the source cannot tell, it is not asked again
     * and the distance stays 0.
     *
     * @param nanoTime the monotonic time, in nanoseconds
     * @param uptime the time since boot, in nanoseconds, rounded down, or {@link #UNKNOWN}; called by one thread at a time
     */
    BootOffset(LongSupplier nanoTime, LongSupplier uptime) {
        this.nanoTime = nanoTime;
        this.uptime = uptime;
        long first = firstSample();
        known = first != UNKNOWN;
        offset = known && Math.abs(first) > NOISE_NS ? first : 0; // near 0: it was never suspended, the rest is rounding
        nextCheck = nanoTime.getAsLong() + CHECK_NS;
    }

    /**
     * The time since boot. Never goes back.
     *
     * @param monoNow the monotonic time now, in nanoseconds
     * @return nanoseconds
     */
    long boot(long monoNow) {
        if (known && isDue(monoNow) && CLAIM.compareAndSet(this, FREE, CLAIMED)) { // AC59 <- AC58: sees the last one's stores
            try {
                check(monoNow);
            } finally {
                CLAIM.setRelease(this, FREE); // AC58 -> AC59: what was stored under the claim comes before the next claim
            }
        }
        return monoNow + (long) OFFSET.getOpaque(this); // relaxed: it only grows, and nothing else depends on it
    }

    private boolean isDue(long monoNow) {
        return monoNow - (long) NEXT_CHECK.getOpaque(this) >= 0; // relaxed: a guess; the claim's holder looks again
    }

    private void check(long monoNow) {
        if (!isDue(monoNow)) {
            return; // another thread was here between our look and our claim
        }
        NEXT_CHECK.setOpaque(this, monoNow + CHECK_NS); // relaxed: seen late it costs a needless claim
        long sample = sample();
        long last = (long) OFFSET.get(this); // plain: only the claim's holder writes it
        if (sample != UNKNOWN && sample - last > NOISE_NS) {
            OFFSET.setOpaque(this, sample); // relaxed: it only grows, and nothing else depends on it
        }
    }

    /** The distance, or less by the time that it took to read it; or {@link #UNKNOWN}. */
    private long sample() {
        long up = uptime.getAsLong();
        return up == UNKNOWN ? UNKNOWN : up - nanoTime.getAsLong();
    }

    /** A sample that was not held up, lest the delay be taken for a suspension when the next sample has none. */
    private long firstSample() {
        long best = UNKNOWN;
        for (int i = 0; i < TRIES; i++) {
            long before = nanoTime.getAsLong();
            best = Math.max(best, sample());
            if (nanoTime.getAsLong() - before <= TIGHT_NS) {
                break;
            }
        }
        return best;
    }
}
