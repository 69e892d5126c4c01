// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;

/**
 * A clock that stands still until it is moved: for tests, simulations and replays.
 *
 * <p>There are three readings. {@link #advance} and {@link #set} move all of them; {@link #suspend} moves the wall clock and
 * the time since boot, as a machine does that sleeps; {@link #stepRealTime} and {@link #setRealTime} move the wall clock alone,
 * in either direction. Readings saturate, they never wrap.
 *
 * <p><b>Context:</b> any thread, any nesting; nothing waits, and only {@link #onStep} and {@link #offStep} allocate.
 * <b>Progress:</b> {@link #nanoTime()} is wait-free; everything else is lock-free: it looks again only when another step was
 * made. <b>Ordering:</b> who reads a time sees what the thread that stepped to it did before the step. Each step runs the
 * listeners after it took effect, on the stepping thread, in the order of their registration; what one of them throws goes to
 * the caller, the step stands, and those after it are not run.
 */
public final class ManualClock implements AsyncClock {
    /** What the wall clock shows at first, unless told otherwise: 2001-09-09T01:46:40Z, in nanoseconds since 1970. */
    public static final long START_EPOCH_NS = 1_000_000_000_000_000_000L;

    /*
     * Algorithm: one time that only grows, and for each other reading its distance from it. A reading takes the time, the
     * distance, and the time again: if the time is the same it was so throughout, because it only grows, so both belonged
     * together when the distance was read.
     */
    private static final int REAL = 0;
    private static final int BOOT = 1;
    private static final Runnable[] NOBODY = {};

    private static final VarHandle NOW;
    private static final VarHandle LISTENERS;
    private static final VarHandle OFFSETS = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NOW = lookup.findVarHandle(ManualClock.class, "now", long.class);
            LISTENERS = lookup.findVarHandle(ManualClock.class, "listeners", Runnable[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] offsets = new long[2];
    private Runnable[] listeners = NOBODY;
    private long now;

    /**
     * A clock that stands at the given time. The time since boot is the same, the wall clock shows {@link #START_EPOCH_NS}.
     *
     * @param nowNs nanoseconds, any value
     */
    public ManualClock(long nowNs) {
        this(nowNs, START_EPOCH_NS);
    }

    /**
     * A clock that stands at the given time. The time since boot is the same. The distance between the two values saturates.
     *
     * @param nowNs nanoseconds, any value
     * @param epochNanos what the wall clock shows, in nanoseconds since 1970-01-01T00:00Z
     */
    public ManualClock(long nowNs, long epochNanos) {
        this.now = nowNs;
        this.offsets[REAL] = difference(epochNanos, nowNs);
    }

    /** A clock that stands at 0 ns, and whose wall clock shows {@link #START_EPOCH_NS}. */
    public ManualClock() {
        this(0);
    }

    @Override
    public long nanoTime() {
        return (long) NOW.getAcquire(this); // AC22 <- AC21: sees everything done before the step to this time
    }

    @Override
    public long epochNanos() {
        return reading(REAL);
    }

    @Override
    public long bootNanos() {
        return reading(BOOT);
    }

    private long reading(int which) {
        for (;;) {
            long time = nanoTime();
            // AC51 <- AC50: sees everything done before the step to this distance; and the second look comes after it
            long offset = (long) OFFSETS.getAcquire(offsets, which);
            if (nanoTime() == time) {
                return sum(time, offset);
            }
        }
    }

    /**
     * Moves the clock forward by a delay. Delays of several threads add up. Saturates at {@link Long#MAX_VALUE}.
     *
     * @param deltaNs nanoseconds, not negative
     * @return the time now, in nanoseconds
     * @throws IllegalArgumentException if the delay is negative
     */
    public long advance(long deltaNs) {
        notNegative(deltaNs);
        for (;;) {
            long seen = nanoTime();
            long to = sum(seen, deltaNs);
            if (tryMove(seen, to)) {
                stepped();
                return to;
            }
        }
    }

    /**
     * Moves the clock forward to a time; a time in the past changes nothing, but the listeners run.
     *
     * @param nowNs nanoseconds
     * @return the time now, in nanoseconds
     */
    public long set(long nowNs) {
        long seen = nanoTime();
        while (seen < nowNs && !tryMove(seen, nowNs)) {
            seen = nanoTime();
        }
        stepped();
        return Math.max(seen, nowNs);
    }

    private boolean tryMove(long from, long to) {
        return NOW.compareAndSet(this, from, to); // AC21 -> AC22: publishes what the stepping thread did before
    }

    /**
     * Steps the wall clock, and nothing else.
     *
     * @param deltaNs nanoseconds, forward or, if negative, back
     */
    public void stepRealTime(long deltaNs) {
        step(REAL, deltaNs);
        stepped();
    }

    /**
     * Sets the wall clock, and nothing else. If the clock is advanced at the same time, that may count on top or not.
     *
     * @param epochNanos what it is to show, in nanoseconds since 1970-01-01T00:00Z, earlier or later than now
     */
    public void setRealTime(long epochNanos) {
        OFFSETS.setRelease(offsets, REAL, difference(epochNanos, nanoTime())); // AC50 -> AC51: as step
        stepped();
    }

    /**
     * Lets time pass in which the machine is suspended: the wall clock and the time since boot move forward, one after the
     * other, {@link #nanoTime()} does not. The listeners run once.
     *
     * @param ns nanoseconds, not negative
     * @throws IllegalArgumentException if it is negative
     */
    public void suspend(long ns) {
        notNegative(ns);
        step(REAL, ns);
        step(BOOT, ns);
        stepped();
    }

    private void step(int which, long deltaNs) {
        for (;;) {
            long offset = (long) OFFSETS.getOpaque(offsets, which); // relaxed: only the compare-and-set below decides
            long time = nanoTime();
            long shown = sum(sum(time, offset), deltaNs); // what the reading saturates at, not the distance
            // AC50 -> AC51: publishes what the stepping thread did before
            if (OFFSETS.compareAndSet(offsets, which, offset, difference(shown, time))) {
                return;
            }
        }
    }

    private void stepped() {
        for (Runnable listener : (Runnable[]) LISTENERS.getAcquire(this)) { // AC53 <- AC52: the array is complete
            listener.run();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Registered twice, it runs twice. A step that has begun already may miss it.
     *
     * @throws NullPointerException if it is null
     */
    @Override
    public void onStep(Runnable listener) {
        Objects.requireNonNull(listener, "listener");
        for (;;) {
            Runnable[] before = (Runnable[]) LISTENERS.getAcquire(this); // AC53 <- AC52: the array is complete
            Runnable[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = listener;
            if (LISTENERS.compareAndSet(this, before, after)) { // AC52 -> AC53: the array, and the listener, are complete
                return;
            }
        }
    }

    /**
     * Takes back one {@link #onStep} of this very object; does nothing if there is none. A step that has begun already may still
     * run it.
     *
     * @param listener what was registered
     */
    @Override
    public void offStep(Runnable listener) {
        for (;;) {
            Runnable[] before = (Runnable[]) LISTENERS.getAcquire(this); // AC53 <- AC52: the array is complete
            int at = 0;
            while (at < before.length && before[at] != listener) {
                at++;
            }
            if (at == before.length) {
                return;
            }
            Runnable[] after = Arrays.copyOf(before, before.length - 1);
            System.arraycopy(before, at + 1, after, at, after.length - at);
            if (LISTENERS.compareAndSet(this, before, after)) { // AC52 -> AC53: the array is complete
                return;
            }
        }
    }

    private static void notNegative(long ns) {
        if (ns < 0) {
            throw new IllegalArgumentException("a clock does not go back: " + ns + " ns");
        }
    }

    private static long sum(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) >= 0 ? sum : a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long difference(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) >= 0 ? difference : a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
