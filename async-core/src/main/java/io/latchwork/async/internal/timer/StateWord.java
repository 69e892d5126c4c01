// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

/**
 * The one word that holds the life and the deadline of a control block.
 *
 * <pre>
 * bits 63..2  bits 1..0  state      next
 * 2           0          INIT       -&gt; UNBOUND (init, after its second look) | DESTROY
 * 0           0          UNBOUND    -&gt; IDLE (setCallback) | DESTROY
 * 1           0          IDLE       -&gt; ARMED (start) | UNBOUND (cancel) | DESTROY
 * deadline    1          ARMED      -&gt; ARMED (start) | IDLE (cancelAsync, expiry) | UNBOUND (cancel) | DESTROY
 * 0           2          DESTROY    -&gt; DESTROYED (exactly one run of the base)
 * 0           3          DESTROYED  -&gt; nothing; a new life begins in the pool
 * </pre>
 *
 * INIT is published but not in use: to every call but init the timer is not initialised yet, so an init that finds it
 * came too late has deceived nobody. UNBOUND has no callback; starting needs one, and because both facts share a word with the deadline, a start can
 * neither slip in after a cancel that dropped the callback nor be half undone by it. Deadlines are nanoseconds since
 * the runtime's origin, 0 to {@link #NEVER}.
 */
final class StateWord {
    static final long UNBOUND = 0;
    static final long IDLE = 1 << 2;
    static final long INIT = 2 << 2;
    static final long DESTROY = 2;
    static final long DESTROYED = 3;

    /** The latest deadline: about 73 years after the origin, and never due. */
    static final long NEVER = (1L << 61) - 1;

    private static final long ARMED = 1;
    private static final long LIFE_MASK = 3;

    private StateWord() {
    }

    static long armed(long deadline) {
        return deadline << 2 | ARMED;
    }

    /** True for UNBOUND, IDLE and INIT. */
    static boolean isQuiet(long state) {
        return (state & LIFE_MASK) == 0;
    }

    static boolean isArmed(long state) {
        return (state & LIFE_MASK) == ARMED;
    }

    /** True for DESTROY and DESTROYED. */
    static boolean isGone(long state) {
        return (state & DESTROY) != 0;
    }

    static long deadline(long state) {
        return state >>> 2;
    }
}
