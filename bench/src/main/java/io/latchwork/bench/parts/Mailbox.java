// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

/** Numbered items of work that several threads hand over to one. */
public interface Mailbox {
    /**
     * Items of one thread that hands over.
     *
     * @param items how many
     * @param action what each does; called by the thread that drains
     * @return a sender
     */
    Sender sender(int items, Runnable action);

    /**
     * Does everything that was handed over. For one thread at a time.
     *
     * @return how many items
     */
    int drain();

    /** The items of one thread. */
    interface Sender {
        /**
         * Hands an item over.
         *
         * @param item its number
         * @return false if it was handed over before and is not done yet; then nothing changed
         */
        boolean send(int item);
    }
}
