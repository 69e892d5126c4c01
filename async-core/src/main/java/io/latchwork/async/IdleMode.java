// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/** How the owner thread of a base waits when there is nothing to do. */
public enum IdleMode {
    /** Spins: the least lateness, and a whole core. Arming never wakes anybody. */
    BUSY_SPIN,
    /** Spins, then yields, then parks until the next deadline: the default. */
    HYBRID,
    /** Parks at once until the next deadline: the least CPU time. */
    PARK
}
