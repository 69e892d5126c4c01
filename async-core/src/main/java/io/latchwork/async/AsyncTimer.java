// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A timer without a map, for users who need no container: the same control block, the same calls, the same guarantees as a
 * {@link BpfTimer}, initialised and bound from the beginning.
 *
 * <p>{@link #close()} cancels and frees it, without waiting, from any context; afterwards every call answers
 * {@link Status#ENOENT} and touches nothing. The runtime closes what is still open when it is closed itself.
 */
public interface AsyncTimer extends AutoCloseable {
    /**
     * As {@link BpfTimer#setCallback}.
     *
     * @param prog the program that owns the callback
     * @param callback the code
     * @return as there
     */
    Status setCallback(BpfProg prog, ExpiryCallback callback);

    /**
     * As {@link BpfTimer#start}.
     *
     * @param nsec nanoseconds from now; with {@link BpfTimer#TIMER_ABS}, the time on the clock
     * @param flags 0, {@link BpfTimer#TIMER_ABS}, {@link BpfTimer#TIMER_CPU_PIN}, or both
     * @return as there
     */
    Status start(long nsec, int flags);

    /**
     * As {@link BpfTimer#cancelAsync}.
     *
     * @return as there
     */
    Status cancelAsync();

    /**
     * As {@link BpfTimer#cancel}: waits for a running callback, and drops callback and program.
     *
     * @return as there
     */
    Status cancel();

    /**
     * Cancels and frees the timer. After this returned its callback does not start any more; one that is running, or
     * was taken and is just about to, goes on. Only the first call has an effect. Lock-free. <b>Context:</b> any, NMI included.
     */
    @Override
    void close();
}
