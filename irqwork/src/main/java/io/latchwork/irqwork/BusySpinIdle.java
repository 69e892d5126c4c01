// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import org.agrona.concurrent.IdleStrategy;

/**
 * For a worker that never rests: it looks at its queue all the time, so raising it does nothing. The shortest way to
 * wake, at the price of a processor. Has no state, but use one instance per worker as with the others.
 */
public final class BusySpinIdle implements IdleStrategy, Raiser {

    /** A strategy without state. */
    public BusySpinIdle() {
    }

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void idle() {
        Thread.onSpinWait();
    }

    @Override
    public void reset() {
        // nothing is kept
    }

    @Override
    public String alias() {
        return "latchwork-busy-spin";
    }

    /**
     * Does nothing.
     *
     * <p><b>Progress:</b> wait-free. <b>Context:</b> anywhere, any nesting.
     */
    @Override
    public void raise() {
        // the worker looks all the time
    }
}
