// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import java.util.function.IntConsumer;

/** A timer service that is measured. */
public interface Peer extends AutoCloseable {
    /**
     * Numbered timers for one thread.
     *
     * @param timers how many
     * @param action what each does when it expires
     * @return a client
     */
    Client client(int timers, Runnable action);

    /**
     * Numbered timers for one thread, whose action is told which of them expired.
     *
     * @param timers how many
     * @param action what each does when it expires; it gets the timer's number
     * @return a client
     */
    Client numbered(int timers, IntConsumer action);

    /** Stops the service. Nothing expires afterwards. */
    @Override
    void close();

    /** Numbered timers of one thread. */
    interface Client {
        /**
         * Arms a timer that is not armed.
         *
         * @param timer its number
         * @param delayNs nanoseconds from now
         */
        void arm(int timer, long delayNs);

        /**
         * Arms a timer that is not armed, for a time, in the peer's own way if it has one.
         *
         * @param timer its number
         * @param deadlineNs the time, on the clock of {@link System#nanoTime()}
         */
        default void armAt(final int timer, final long deadlineNs) {
            arm(timer, deadlineNs - System.nanoTime());
        }

        /**
         * Cancels a timer.
         *
         * @param timer its number
         * @return whether it was armed; of no meaning where the peer does not tell
         */
        boolean cancel(int timer);

        /**
         * Gives an armed timer another deadline, in the peer's own way if it has one.
         *
         * @param timer its number
         * @param delayNs nanoseconds from now
         */
        default void rearm(final int timer, final long delayNs) {
            cancel(timer);
            arm(timer, delayNs);
        }

        /**
         * Tells whether timers expire only in {@link #poll()}.
         *
         * @return false if the peer has a thread of its own for that
         */
        default boolean isPolled() {
            return false;
        }

        /** Expires what is due, if the peer has no thread of its own for that. */
        default void poll() {
            // it has
        }
    }
}
