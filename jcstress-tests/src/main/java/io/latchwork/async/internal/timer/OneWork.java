// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

/** A work that is pending and that a kworker has in hand, for tests of what lies above works. */
public final class OneWork extends WorkRig {
    private final Runnable deed;

    /**
     * A pending one.
     *
     * @param deed what its callback does
     */
    @SuppressWarnings("this-escape") // made whole before it is shared
    public OneWork(Runnable deed) {
        this.deed = deed;
        start();
        cycle();
    }

    @Override
    void called() {
        deed.run();
    }

    /**
     * The block.
     *
     * @return always the same
     */
    public BpfWork block() {
        return block;
    }
}
