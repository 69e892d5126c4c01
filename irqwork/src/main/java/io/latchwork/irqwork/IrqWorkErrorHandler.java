// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

/** Is told what a run of an {@link IrqWork} threw. */
@FunctionalInterface
public interface IrqWorkErrorHandler {

    /**
     * A run ended by throwing. The item is as after any other run, and the remaining items are run.
     *
     * <p><b>Context:</b> the worker's thread, before the item stops being busy. What the handler itself throws is
     * counted ({@link IrqWorkQueue#handlerFailures()}) and otherwise dropped.
     *
     * @param work the item
     * @param error what it threw
     */
    void onError(IrqWork work, Throwable error);
}
