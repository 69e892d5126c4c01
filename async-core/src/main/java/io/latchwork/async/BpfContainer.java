// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * What has a name and <em>user references</em>: a {@link BpfMap map} of elements, or an outer map that holds maps.
 *
 * <p>One user reference comes with the handle that made it and goes with {@link #close()}; others are taken by
 * {@link #open()} and dropped by {@link #release()}; {@linkplain AsyncRuntime#pin pinning} by name holds one, and so does
 * every place in an outer map. When the last one goes, everything in it is cancelled and freed, and from then on nothing
 * can be put into it. Zero is final.
 *
 * <p>Modelled on the user count of Linux' BPF maps.
 */
public interface BpfContainer extends AutoCloseable {
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
     * Drops a user reference taken by {@link #open()}. With the last one every timer and work in it is cancelled and
     * freed and every element deleted, by this call, which takes time proportional to the size of the map and waits
     * for nobody: a callback that is running at that moment may still be running when this returns. Maps that only this
     * one held go the same way.
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
