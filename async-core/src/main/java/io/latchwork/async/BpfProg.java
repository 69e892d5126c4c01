// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A reference-counted owner of callbacks.
 *
 * <p>The one who loaded it holds one reference until {@link #release()} or {@link #close()}; every timer that has one
 * of its callbacks set holds another. When the last one is gone <em>and</em> a grace period has passed, so that no
 * callback of it can be running, its unload hook runs, once, on a worker thread of the runtime. Zero references is
 * final: a dead program can not be set again.
 */
public interface BpfProg extends AutoCloseable {
    /**
     * The name given at loading, used in reports.
     *
     * @return never null
     */
    String name();

    /**
     * Drops the reference of the one who loaded the program. Timers that are armed keep it loaded.
     *
     * <p>Wait-free. <b>Context:</b> any, NMI included.
     *
     * @return {@link Status#OK}; {@link Status#ENOENT} if it was dropped before
     */
    Status release();

    /** {@link #release()}, for try-with-resources: dropping it a second time does nothing. */
    @Override
    default void close() {
        release();
    }
}
