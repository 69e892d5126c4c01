// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.BpfMap;

/** What a control block needs to know of the map it belongs to. */
public interface CbHome {
    /**
     * The map, for callbacks.
     *
     * @return the map
     */
    BpfMap<Object, Object> map();

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
     * @param block the block
     */
    void recycled(BpfAsyncCb block);
}
