// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A container that owns the elements in which timers are embedded.
 *
 * <p>A map has <em>user references</em>: one comes with the handle that made it and goes with {@link #close()}, others
 * are taken by {@link #open()} and dropped by {@link #release()}. When the last one goes, every timer in the map is
 * cancelled and freed, every element is deleted, and from then on nothing can be initialised in it. Zero is final.
 *
 * @param <K> the key type; keys must not change while they are in the map
 * @param <V> the value type
 */
public interface BpfMap<K, V> extends AutoCloseable {
    /**
     * The name given at creation, used in reports.
     *
     * @return never null
     */
    String name();

    /**
     * How many elements fit.
     *
     * @return a positive number
     */
    int maxEntries();

    /**
     * How many elements there are, as of some moment during the call.
     *
     * @return 0 to {@link #maxEntries()}
     */
    int size();

    /**
     * Takes another user reference. Lock-free. <b>Context:</b> any, NMI included.
     *
     * @return {@link Status#OK}; {@link Status#ENOENT} if the last reference was gone already
     */
    Status open();

    /**
     * Drops a user reference taken by {@link #open()}. With the last one every timer of the map is cancelled and
     * freed and every element deleted, by this call, which takes time proportional to the size of the map and waits
     * for nobody: a callback that is running at that moment may still be running when this returns.
     *
     * <p>Lock-free. <b>Context:</b> any, NMI included.
     *
     * @return {@link Status#OK}; {@link Status#ENOENT} if no reference was left
     */
    Status release();

    /**
     * Drops the user reference that came with this handle, as {@link #release()} does; only the first call has an
     * effect.
     */
    @Override
    void close();
}
