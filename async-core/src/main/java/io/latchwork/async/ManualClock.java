// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock that stands still until it is moved: for tests, simulations and replays.
 *
 * <p>Any thread may read it at any time, wait-free. Steps may come from any thread; the time is the largest one set.
 */
public final class ManualClock implements AsyncClock {
    private static final VarHandle NOW;

    static {
        try {
            NOW = MethodHandles.lookup().findVarHandle(ManualClock.class, "now", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long now;

    /**
     * A clock that stands at the given time.
     *
     * @param nowNs nanoseconds, any value
     */
    public ManualClock(long nowNs) {
        this.now = nowNs;
    }

    /** A clock that stands at 0 ns. */
    public ManualClock() {
        this(0);
    }

    @Override
    public long nanoTime() {
        return (long) NOW.getAcquire(this); // AC22 <- AC21: sees everything done before the step to this time
    }

    /**
     * Moves the clock forward by a delay. Saturates at {@link Long#MAX_VALUE}.
     *
     * @param deltaNs nanoseconds, not negative
     * @return the time now, in nanoseconds
     * @throws IllegalArgumentException if the delay is negative
     */
    public long advance(long deltaNs) {
        if (deltaNs < 0) {
            throw new IllegalArgumentException("a clock does not go back: " + deltaNs + " ns");
        }
        long from = nanoTime();
        long to = from + deltaNs;
        return set(to < from ? Long.MAX_VALUE : to);
    }

    /**
     * Moves the clock forward to a time; a time in the past changes nothing.
     *
     * @param nowNs nanoseconds
     * @return the time now, in nanoseconds
     */
    public long set(long nowNs) {
        long seen = nanoTime();
        while (seen < nowNs) {
            if (NOW.compareAndSet(this, seen, nowNs)) { // AC21 -> AC22: publishes what the stepping thread did before
                seen = nowNs;
                break;
            }
            seen = nanoTime();
        }
        for (Runnable listener : listeners) {
            listener.run();
        }
        return seen;
    }

    @Override
    public void onStep(Runnable listener) {
        listeners.add(listener);
    }
}
