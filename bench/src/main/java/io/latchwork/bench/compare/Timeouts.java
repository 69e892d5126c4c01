// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

/**
 * How long a flow may be silent before it is removed.
 *
 * @param idleNs while a side of it is open, in nanoseconds
 * @param lingerNs once both sides have ended, in nanoseconds
 */
public record Timeouts(long idleNs, long lingerNs) {
    private static final long NS_PER_MS = 1_000_000;
    private static final int LINGER_PART = 10;

    /**
     * The time-outs for an idle time; the linger time is a tenth of it.
     *
     * @param idleMs milliseconds, at least 1
     * @return the time-outs
     * @throws IllegalArgumentException if less than 1 or too large for nanoseconds
     */
    public static Timeouts ofIdleMs(long idleMs) {
        if (idleMs < 1 || idleMs > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("idle time-out: " + idleMs + " ms, not 1 to " + Integer.MAX_VALUE);
        }
        return new Timeouts(idleMs * NS_PER_MS, idleMs * NS_PER_MS / LINGER_PART);
    }

    /**
     * The time-out for a flow.
     *
     * @param closed the sides that have ended, as in {@link Traffic#CLOSED}
     * @return nanoseconds
     */
    public long after(int closed) {
        return closed == Traffic.CLOSED ? lingerNs : idleNs;
    }
}
