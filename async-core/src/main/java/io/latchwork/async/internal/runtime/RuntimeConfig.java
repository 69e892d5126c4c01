// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.CallbackErrorHandler;
import io.latchwork.async.IdleMode;
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
 */
public record RuntimeConfig(int bases, AsyncClock clock, IdleMode idleMode, CallbackErrorHandler errorHandler,
        ThreadFactory threadFactory, long maxTimers, long closeTimeoutNs) {
}
