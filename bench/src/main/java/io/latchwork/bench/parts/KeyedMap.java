// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

/** A map from numbers to objects. */
public interface KeyedMap extends AutoCloseable {
    /**
     * The map as one thread uses it.
     *
     * @return a client
     */
    Client client();

    /** Stops what belongs to it. */
    @Override
    void close();

    /** The map as one thread uses it. */
    interface Client {
        /**
         * Looks up.
         *
         * @param key the key
         * @return its value, or null
         */
        Object get(Integer key);

        /**
         * Inserts or replaces.
         *
         * @param key the key
         * @param value its value
         */
        void put(Integer key, Object value);

        /**
         * Deletes.
         *
         * @param key the key
         */
        void remove(Integer key);
    }
}
