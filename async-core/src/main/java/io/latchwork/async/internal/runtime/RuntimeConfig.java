// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.CallbackErrorHandler;
import io.latchwork.async.CloseHandler;
import io.latchwork.async.IdleMode;
import io.latchwork.async.SlowCallbackHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * What the builder collected, checked.
 *
 * @param bases the number of bases
 * @param clock the source of time
 * @param idleMode how a launched base waits
 * @param errorHandler told what callbacks throw
 * @param threadFactory makes the threads of a launched runtime
 * @param maxTimers the cap on control blocks
 * @param closeTimeoutNs how long close waits, in nanoseconds
 * @param kworkers the number of kworkers
 * @param executor who runs works, or null for the kworkers
 * @param slowCallbackNs from when on a timer callback is slow; {@link Long#MAX_VALUE} to time none
 * @param slowCallbackHandler told about slow callbacks
 * @param closeHandler told what was still armed
 * @param asymmetricReaders whether read sections are to do without a fence
 * @param cachedClockNs how old the time may be that starts measure delays from, in nanoseconds; 0 for the clock itself
 * @param maxSlackNs the longest spin before a deadline in nanoseconds; 0: none
 * @param slackPercent the share of the time that may be spent in such spins
 */
public record RuntimeConfig(int bases, AsyncClock clock, IdleMode idleMode, CallbackErrorHandler errorHandler,
        ThreadFactory threadFactory, long maxTimers, long closeTimeoutNs, int kworkers, Executor executor,
        long slowCallbackNs, SlowCallbackHandler slowCallbackHandler, CloseHandler closeHandler,
        boolean asymmetricReaders, long cachedClockNs, long maxSlackNs, int slackPercent) {
}
