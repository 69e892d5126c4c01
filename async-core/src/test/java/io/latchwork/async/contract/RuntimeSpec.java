// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.CallbackErrorHandler;

/** What a test wants of a runtime. */
public record RuntimeSpec(AsyncClock clock, CallbackErrorHandler errorHandler, int bases, long maxTimers,
        long closeTimeoutNs, boolean launched) {
    private static final long CLOSE_TIMEOUT_NS = 5_000_000_000L;

    /** One base, no cap, driven by hand. */
    public static RuntimeSpec driven(AsyncClock clock, CallbackErrorHandler handler) {
        return new RuntimeSpec(clock, handler, 1, Long.MAX_VALUE, CLOSE_TIMEOUT_NS, false);
    }

    /** One base, no cap, with threads of its own. */
    public static RuntimeSpec launched(AsyncClock clock, CallbackErrorHandler handler) {
        return new RuntimeSpec(clock, handler, 1, Long.MAX_VALUE, CLOSE_TIMEOUT_NS, true);
    }

    /** The same with another number of bases. */
    public RuntimeSpec withBases(int count) {
        return new RuntimeSpec(clock, errorHandler, count, maxTimers, closeTimeoutNs, launched);
    }

    /** The same with a cap on control blocks. */
    public RuntimeSpec withMaxTimers(long cap) {
        return new RuntimeSpec(clock, errorHandler, bases, cap, closeTimeoutNs, launched);
    }

    /** The same with another patience in close. */
    public RuntimeSpec withCloseTimeoutNs(long timeoutNs) {
        return new RuntimeSpec(clock, errorHandler, bases, maxTimers, timeoutNs, launched);
    }
}
