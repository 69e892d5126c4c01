// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.CloseHandler;

/** How long closing may still take, by the builder's time-out and what the handler says when it is over. One thread's own. */
final class CloseBudget {
    private static final long MIN_EXTENSION_NS = 1_000_000;

    private final CloseHandler handler;
    private final long stepNs;
    private final long begin = System.nanoTime();
    private long limitNs;
    private boolean over;

    CloseBudget(CloseHandler handler, long timeoutNs) {
        this.handler = handler;
        this.stepNs = Math.max(timeoutNs, MIN_EXTENSION_NS);
        this.limitNs = timeoutNs;
    }

    /** True for ever once the time is over and the handler granted no more. */
    boolean isOver() {
        long waited = System.nanoTime() - begin;
        if (!over && waited >= limitNs) {
            over = !grants(waited);
            limitNs = waited + stepNs;
        }
        return over;
    }

    private boolean grants(long waited) {
        try {
            return handler.onTimeout(waited);
        } catch (Throwable dropped) { // documented: what the handler throws is dropped
            return false;
        }
    }
}
