// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.SlowCallbackHandler;
import io.latchwork.async.internal.prog.ProgImpl;
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

    /**
     * Calls what is bound now, or, if that is nothing, what was bound.
     *
     * @param block whose state was taken: a setCallback may have returned since the pair was read, and a cancel waits
     * @param prog the program that was bound
     * @param callback its callback
     */
    void callBound(BpfAsyncCb block, ProgImpl prog, Object callback) {
        ProgImpl newest;
        Object newestCallback;
        long token;
        do {
            token = block.binding.readBegin();
            newest = block.binding.readFirst(token);
            newestCallback = block.binding.readSecond(token);
        } while (block.binding.readRetry(token));
        if (newestCallback == null) {
            call(block, prog, callback);
        } else {
            call(block, newest, newestCallback);
        }
    }

    private void call(BpfAsyncCb block, ProgImpl prog, Object callback) {
        if (thresholdNs == Long.MAX_VALUE) {
            block.call(prog, callback);
            return;
        }
        long begin = clock.nanoTime();
        block.call(prog, callback);
        long took = clock.nanoTime() - begin;
        if (took > thresholdNs) {
            COUNT.getAndAdd(this, 1L); // relaxed: a statistic
            try {
                handler.onSlow(prog.name(), block.homeName(), took);
            } catch (Throwable dropped) {
                // documented: what the handler throws is dropped
            }
        }
    }
}
