// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.SlowCallbackHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Calls back, and times it where somebody wants to know. */
public final class SlowWatch {
    /** Times nothing. */
    public static final SlowWatch OFF = new SlowWatch(null, Long.MAX_VALUE, null);

    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(SlowWatch.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final AsyncClock clock;
    private final long thresholdNs;
    private final SlowCallbackHandler handler;
    private long count;

    /**
     * A watch.
     *
     * @param clock what to measure with
     * @param thresholdNs from when on a callback is slow; {@link Long#MAX_VALUE} to time none
     * @param handler told about the slow ones
     */
    public SlowWatch(AsyncClock clock, long thresholdNs, SlowCallbackHandler handler) {
        this.clock = clock;
        this.thresholdNs = thresholdNs;
        this.handler = handler;
    }

    /**
     * How many callbacks were slow so far.
     *
     * @return a statistic
     */
    public long count() {
        return (long) COUNT.getOpaque(this); // relaxed: a statistic
    }

    void call(BpfAsyncCb block, CbLifetime.Bound bound) {
        if (thresholdNs == Long.MAX_VALUE) {
            block.call(bound);
            return;
        }
        long begin = clock.nanoTime();
        String program = bound.program();
        block.call(bound);
        long took = clock.nanoTime() - begin;
        if (took > thresholdNs) {
            COUNT.getAndAdd(this, 1L); // relaxed: a statistic
            try {
                handler.onSlow(program, block.homeName(), took);
            } catch (Throwable dropped) {
                // documented: what the handler throws is dropped
            }
        }
    }
}
