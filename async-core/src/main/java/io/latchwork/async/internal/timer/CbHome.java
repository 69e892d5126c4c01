// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

/** What a control block needs to know of where it belongs: a map, or the store of the timers that have none. */
public interface CbHome {
    /**
     * The name for reports.
     *
     * @return the name of the map, or the empty string where there is none
     */
    String name();

    /**
     * Calls a callback in the way of its kind.
     *
     * @param callback what was bound
     * @param key the key that the block's life began with
     * @param value the value that it began with
     */
    void call(Object callback, Object key, Object value);

    /**
     * A callback threw.
     *
     * @param program the program's name
     * @param error what it threw
     */
    void onError(String program, Throwable error);

    /**
     * A block is free again.
     *
     * @param poolIndex its place in the pool
     */
    void recycled(int poolIndex);
}
