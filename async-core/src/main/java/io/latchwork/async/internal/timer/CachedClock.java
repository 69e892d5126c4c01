// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;

/**
 * The time on the monotonic line as the owner of one base saw it last, for starts that would rather be late a little than
 * look at the clock. What is started by it never fires early, however long the owner is kept from renewing it.
 *
 * <p>One thread, the publisher, renews and withdraws; any context reads.
 */
final class CachedClock {
    /*
     * Algorithm. The publisher opens a window: it reads the time, adds the staleness, which makes the window's limit, and
     * publishes the limit. A start adds its delay to that. The publisher closes the window: it takes the limit back, then
     * reads the time. Whoever got the limit had it by then (AC92 <-> AC93), so it began before the time that was read. If that
     * is not behind the limit, all is well: limit + delay is not early. If it is, the window overran, by so much; what was
     * started in it is due that much later. The publisher cannot know what that is, so each deadline says in which window it
     * was made, by a tag in its low bits, and whoever is about to fire it adds by how much the window of that tag overran.
     *
     * Invariants
     *   W1  of a window that is open, overrun is how far the time is behind the limit now: what was started in it was
     *       started by now (or later than the firing base looked at the clock, and is not due by that look).
     *   W2  a tag that overran is not used again before everything has expired that may have been started in its window:
     *       delays are limited. Till then its overrun stands. When no tag is left, nothing is published.
     *   W3  a tag without an overrun may be used again at once. If it overruns then, deadlines of earlier windows with this
     *       tag are late, not early.
     *   W4  who sees a deadline of a window sees it open, or what it overran (AC94 -> AC95): open is written before the limit
     *       is published, and cleared after the overrun was written.
     *
     * All times are rounded up to a multiple of 2^TAG_BITS, and one such step is added for what a processor reads ahead of the
     * clock that its caller looked at before.
     */
    /** The low bits of a deadline that say in which window it was made. */
    static final int TAG_BITS = 10;
    /** Longer delays are not measured by this clock. */
    static final long MAX_DELAY_NS = 1L << 38;
    /** Instead of a time: there is none. */
    static final long NONE = -1;

    private static final int TAGS = 1 << TAG_BITS;
    private static final long TAG_MASK = TAGS - 1;

    private static final VarHandle LIMIT;
    private static final VarHandle OPEN;
    private static final VarHandle OVERRUN = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LIMIT = lookup.findVarHandle(CachedClock.class, "limit", long.class);
            OPEN = lookup.findVarHandle(CachedClock.class, "open", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LongSupplier now;
    private final long stalenessNs;
    private final boolean kept;
    private final long[] overrun;
    private final long[] usableAt; // the publisher's alone
    private long opened = NONE;    // as usableAt
    private int tag;               // as usableAt
    private long limit = NONE;
    private long open = NONE;

    /**
     * A clock of which nothing is published.
     *
     * @param now the time, from 0 on
     * @param stalenessNs how old a published time may be; 0: nothing is ever published
     * @param kept whether it is out between duty cycles
     */
    CachedClock(LongSupplier now, long stalenessNs, boolean kept) {
        this(now, stalenessNs, kept, stalenessNs == 0 ? 0 : TAGS);
    }

    /** As the other one, with fewer tags: a power of two. */
    CachedClock(LongSupplier now, long stalenessNs, boolean kept, int tags) {
        this.now = now;
        this.stalenessNs = stalenessNs;
        this.kept = kept;
        this.overrun = new long[tags];
        this.usableAt = new long[overrun.length];
    }

    // ------------------------------------------------------------------------------------------------ callers

    /**
     * The deadline that a delay from now on leads to, not too early.
     *
     * @param delay nanoseconds; one of 0 is due at once, so the clock is asked what that is
     * @return a deadline with the tag of its window; NONE if the clock itself must be asked
     */
    long after(long delay) {
        long seen = (long) LIMIT.getVolatile(this); // AC93 <-> AC92: after the call began. AC95 <- AC94: sees the window
        return seen == NONE || delay <= 0 || delay > MAX_DELAY_NS ? NONE : seen + (delay + 2 * TAG_MASK + 1 & ~TAG_MASK);
    }

    /**
     * What a deadline of {@link #after}, with or without a leeway, has to be taken for.
     *
     * @param deadline the deadline
     * @param at what the caller takes for now, on the same line
     * @return that deadline, or a later one
     */
    long settled(long deadline, long at) {
        long seen = (long) OPEN.getAcquire(this); // AC95 <- AC94: what is not open any more has its overrun
        int of = (int) (deadline & TAG_MASK);
        long over = (long) OVERRUN.getOpaque(overrun, of); // relaxed: ordered by the line above
        if (seen != NONE && (seen & TAG_MASK) == of) {
            over = Math.max(over, at - (seen & ~TAG_MASK));
        }
        return Math.min(deadline + over, StateWord.NEVER);
    }

    // ---------------------------------------------------------------------------------------------- the publisher

    /** Publishes the time, unless what is published is fresh enough. */
    void renew() {
        if (stalenessNs == 0) {
            return;
        }
        long at = now.getAsLong();
        if (opened != NONE) {
            if (at - opened < stalenessNs >> 1) {
                return;
            }
            at = close();
        }
        open(at);
    }

    /** Takes the time back: the publisher may not be able to renew it for a while. */
    void withdraw() {
        if (opened != NONE) {
            close();
        }
    }

    /** A duty cycle is over; when the next one comes is up to others, or not. */
    void cycleEnds() {
        if (!kept) {
            withdraw();
        }
    }

    private void open(long at) {
        if (at > StateWord.NEVER >> 1) {
            return; // deadlines could not be told from never
        }
        int next = tag;
        do {
            next = next + 1 & usableAt.length - 1;
            if (usableAt[next] <= at) {
                tag = next;
                OVERRUN.setOpaque(overrun, next, 0L); // relaxed: whoever sees it fires after usableAt
                opened = at;
                long until = at + stalenessNs + TAG_MASK & ~TAG_MASK | next;
                OPEN.setRelease(this, until); // AC94 -> AC95: before the limit is published
                LIMIT.setRelease(this, until); // AC94 -> AC95: who got the limit sees the window open
                return;
            }
        } while (next != tag);
    }

    private long close() {
        long until = (long) OPEN.get(this); // plain: the publisher reads its own store
        LIMIT.setVolatile(this, NONE); // AC92 <-> AC93: before the time is read; else a start comes after it, unseen
        long at = now.getAsLong();
        long over = at - (until & ~TAG_MASK);
        if (over > 0) {
            OVERRUN.setOpaque(overrun, tag, over); // relaxed: ordered by the line after next
            usableAt[tag] = at + MAX_DELAY_NS;
        }
        OPEN.setRelease(this, NONE); // AC94 -> AC95: after the overrun was written
        opened = NONE;
        return at;
    }
}
