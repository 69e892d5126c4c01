// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

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

        /** Expires what is due, if the peer has no thread of its own for that. */
        default void poll() {
            // it has
        }
    }
}
