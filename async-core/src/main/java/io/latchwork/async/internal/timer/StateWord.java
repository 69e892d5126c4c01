// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

/**
 * The one word that holds the life and the deadline of a control block.
 *
 * <pre>
 * bit 0 clear: a constant
 *   INIT       published, not in use yet    -&gt; UNBOUND (init, after its second look) | DESTROY
 *   UNBOUND    no callback                  -&gt; IDLE (setCallback) | DESTROY
 *   IDLE       may be armed                 -&gt; ARMED (start) | STOPPED (cancelAsync) | UNBOUND (cancel) | DESTROY
 *   STOPPED    as IDLE, but not by the      -&gt; ARMED (start from outside) | UNBOUND (cancel) | DESTROY
 *              block's own callback
 *   DESTROY                                 -&gt; DESTROYED (exactly one run of the base)
 *   DESTROYED                               -&gt; nothing; a new life begins in the pool
 * bit 0 set: ARMED
 *   bits 63..2 deadline, with the block's leeway added, on its line
 *   bit 1      of a REALTIME timer the line: 0 the monotonic one, 1 the wall clock's;
 *              of a MONOTONIC one: 1 the delay was measured by the cached clock, see CachedClock
 *                                           -&gt; ARMED (start) | IDLE (expiry, own cancelAsync) | STOPPED (cancelAsync)
 *                                              | UNBOUND (cancel) | DESTROY
 * </pre>
 *
 * INIT is published but not in use: to every call but init the block is not initialised yet, so an init that finds it came
 * too late has deceived nobody. UNBOUND has no callback; starting needs one, and because both facts share a word with the
 * deadline, a start can neither slip in after a cancel that dropped the callback nor be half undone by it.
 */
final class StateWord {
    static final long UNBOUND = 0;
    static final long IDLE = 2;
    static final long STOPPED = 4;
    static final long INIT = 6;
    static final long DESTROY = 8;
    static final long DESTROYED = 10;

    /** The latest deadline: about 146 years after the line's origin, and never due. */
    static final long NEVER = (1L << 62) - 1;

    private static final long ARMED = 1;
    private static final long OTHER = 2;

    private StateWord() {
    }

    /** Armed on the block's own line. */
    static long armed(long deadline) {
        return deadline << 2 | ARMED;
    }

    /** Armed on the wall clock's line. */
    static long armedOnWall(long deadline) {
        return deadline << 2 | OTHER | ARMED;
    }

    /** Armed on the monotonic line by the cached clock. */
    static long armedByCache(long deadline) {
        return deadline << 2 | OTHER | ARMED;
    }

    /** An armed state with a later deadline, never if there is none. */
    static long later(long armed, long ns) {
        return deadline(armed) > NEVER - ns ? armed | NEVER << 2 : armed + (ns << 2);
    }

    static boolean isArmed(long state) {
        return (state & ARMED) != 0;
    }

    /** True for DESTROY and DESTROYED. */
    static boolean isGone(long state) {
        return (state | DESTROY ^ DESTROYED) == DESTROYED;
    }

    /** Of an armed state. */
    static long deadline(long armed) {
        return armed >>> 2;
    }

    /** Of an armed state: bit 1. */
    static boolean isOther(long armed) {
        return (armed & OTHER) != 0;
    }

    /** Deadline and bit 1 of an armed state, as one number that orders deadlines of one line. */
    static long place(long armed) {
        return armed >>> 1;
    }

    /** The deadline of a place. */
    static long deadlineOfPlace(long place) {
        return place >>> 1;
    }
}
