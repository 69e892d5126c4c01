// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

/** Makes a worker look at its queue soon. */
@FunctionalInterface
public interface Raiser {

    /**
     * Sees to it that the worker begins a duty cycle that sees all that the caller stored before.
     *
     * <p><b>Progress:</b> never blocks, takes no lock of its own, allocates nothing. <b>Context:</b> anywhere, any
     * nesting. Must not throw.
     */
    void raise();
}
