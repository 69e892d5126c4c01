// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/** How the owner thread of a base waits when there is nothing to do. */
public enum IdleMode {
    /** Spins: the least lateness, and a whole core. Arming never wakes anybody. */
    BUSY_SPIN,
    /**
     * Spins, then yields, then parks until shortly before the next deadline, and spins for the rest: the default. How long
     * before is learned from how late parks end on this machine; see {@link AsyncRuntimeBuilder#parkSlack}.
     */
    HYBRID,
    /** Parks at once until the next deadline: the least CPU time, and as late as the machine's parks end. */
    PARK
}
