// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.AsyncClock;
import io.latchwork.seqlatch.SeqcountLatch;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far the wall clock and the time since boot are ahead of the monotonic time: sampled now and then, read anywhere.
 *
 * <p>Neither offset is over-estimated, or a timer would fire before its time. Each may be under-estimated by the time a sample
 * takes, normally far less than {@link ClockSample#TIGHT_NS}. On a clock that stands still while it is sampled both are
 * exact. The offset of the time since boot only grows, and only when it is certain that the machine was suspended, so delays on
 * that clock are not cut short by imprecision. Offsets saturate.
 */
public final class ClockOffsets {
    /** {@link #refreshIfDue} refreshes once in so many nanoseconds of monotonic time: 100 ms. */
    public static final long CHECK_NS = 100_000_000L;

    /** Where {@link #read} stores the offset of the wall clock. */
    public static final int REAL = 0;

    /** Where {@link #read} stores the offset of the time since boot. */
    public static final int BOOT = 1;

    /*
     * Algorithm. The pair of offsets is kept twice behind a latch, so a reader that interrupts the writer, or meets one that
     * is stopped, has a complete copy. The latch wants one writer at a time: refreshing is a claim that combines. requests
     * is 0 when nobody refreshes. Who raises it from 0 is the writer; who raises it further has left a request. The
     * writer notes the count, samples, publishes, and swaps the noted count for 0; if that fails there were requests since
     * it began, and it goes round again.
     *
     * Invariants
     *   I1  one writer at a time: from raising requests above 0 until it is put back to 0.
     *   I2  each request is followed by a sample that began after it, unless the clock throws.
     *   I3  the clock is not asked, and so no code of others runs, while the copies differ.
     */
    private static final int PAIR = 2;

    private static final VarHandle REQUESTS;
    private static final VarHandle NEXT_CHECK;
    private static final VarHandle COPIES = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            REQUESTS = lookup.findVarHandle(ClockOffsets.class, "requests", long.class);
            NEXT_CHECK = lookup.findVarHandle(ClockOffsets.class, "nextCheck", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // the writer's alone
    private final ClockSample real;
    private final ClockSample boot;

    private final SeqcountLatch latch = new SeqcountLatch();
    /** Copy c has its pair at 2c and 2c + 1. */
    private final long[] copies = new long[2 * PAIR];
    private long requests;
    private long nextCheck;

    /**
     * Takes the first sample.
     *
     * @param clock the clocks
     */
    public ClockOffsets(AsyncClock clock) {
        this.real = new ClockSample(clock::nanoTime, clock::epochNanos);
        this.boot = new ClockSample(clock::nanoTime, clock::bootNanos);
        this.nextCheck = clock.nanoTime() + CHECK_NS;
        refresh();
    }

    /**
     * The wall clock minus the monotonic time, by the last sample.
     *
     * <p><b>Progress:</b> lock-free: it looks again only if a sample was published meanwhile, so it is done at once when it
     * interrupts the writer or when the writer is stopped. Allocates nothing. <b>Context:</b> anywhere, NMI included.
     *
     * @return nanoseconds
     */
    public long realOffset() {
        return half(REAL);
    }

    /**
     * The time since boot minus the monotonic time, by the last sample. Progress and context as {@link #realOffset()}.
     *
     * @return nanoseconds
     */
    public long bootOffset() {
        return half(BOOT);
    }

    private long half(int which) {
        for (;;) {
            long seq = latch.readBegin();
            long value = copy(seq, which);
            if (!latch.readRetry(seq)) {
                return value;
            }
        }
    }

    /**
     * Both offsets, of one sample. A sample looks at the wall clock first: a suspension that came between its two halves is in
     * the second only, until the next sample. Progress and context as {@link #realOffset()}.
     *
     * @param pair where they are stored, at {@link #REAL} and {@link #BOOT}
     */
    public void read(long[] pair) {
        for (;;) {
            long seq = latch.readBegin();
            long realNs = copy(seq, REAL);
            long bootNs = copy(seq, BOOT);
            if (!latch.readRetry(seq)) {
                pair[REAL] = realNs;
                pair[BOOT] = bootNs;
                return;
            }
        }
    }

    private long copy(long seq, int which) {
        return (long) COPIES.getOpaque(copies, PAIR * SeqcountLatch.copyOf(seq) + which); // relaxed: the latch orders it
    }

    /**
     * Samples the clocks and publishes the offsets. If a call is doing so already, on whatever thread, that call is made
     * to sample once more, and this one returns at once. So after it returned, and once no call is inside, the offsets are
     * those of a sample that began after it was called.
     *
     * <p><b>Progress:</b> lock-free: a call samples again only for another call that has returned. Never waits. A thread that is
     * stopped for ever while it samples or publishes freezes the offsets; readers and refreshers still finish.
     * <b>Context:</b> any thread, any nesting, also inside itself, as far as the clock may be read there. A clock that
     * refreshes whenever it is read keeps the call for ever. <b>Ordering:</b> the sample comes after what the caller did before,
     * such as a step of the clock.
     *
     * <p>What the clock throws goes to the call that sampled; the offsets then stay as they are, and requests that were left
     * with that call are dropped.
     */
    public void refresh() {
        // AC54 -> AC55: the sample that serves this request comes after it. AC57 <- AC56: the last writer's stores are seen
        if ((long) REQUESTS.getAndAdd(this, 1L) == 0) {
            serve();
        }
    }

    /**
     * Refreshes if {@link #CHECK_NS} have passed since this last did so. Of several callers at once more than one may.
     *
     * <p><b>Progress:</b> wait-free, one load, when nothing is due; else as {@link #refresh()}.
     *
     * @param monoNow the monotonic time now, as the clock shows it, in nanoseconds
     */
    public void refreshIfDue(long monoNow) {
        if (monoNow - (long) NEXT_CHECK.getOpaque(this) >= 0) { // relaxed: seen late it costs a needless refresh
            NEXT_CHECK.setOpaque(this, monoNow + CHECK_NS); // relaxed: seen late it costs a needless refresh
            refresh();
        }
    }

    private void serve() {
        long served = 1;
        for (;;) {
            boolean sampled = false;
            try {
                real.take();
                boot.takeIfGrown();
                sampled = true;
            } finally {
                if (!sampled) {
                    REQUESTS.setRelease(this, 0L); // AC56 -> AC57: gives up; the copies are whole
                }
            }
            publish(real.offset(), boot.offset());
            // AC56 -> AC57: the next writer sees this write whole. AC55 <- AC54: the next round comes after its requests
            long seen = (long) REQUESTS.compareAndExchange(this, served, 0L);
            if (seen == served) {
                return;
            }
            served = seen;
        }
    }

    private void publish(long realNs, long bootNs) {
        latch.writeBegin();
        fill(0, realNs, bootNs);
        latch.writeMiddle();
        fill(1, realNs, bootNs);
        latch.writeEnd();
    }

    private void fill(int copy, long realNs, long bootNs) {
        COPIES.setOpaque(copies, PAIR * copy + REAL, realNs); // relaxed: the latch orders it
        COPIES.setOpaque(copies, PAIR * copy + BOOT, bootNs); // relaxed: the latch orders it
    }
}
