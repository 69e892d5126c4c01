// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** An action for each timer, made before anything is armed, so that arming does not allocate it. */
final class NumberedActions {
    private NumberedActions() {
    }

    /**
     * Actions that know their timer.
     *
     * @param timers how many
     * @param action gets the timer's number
     * @return the action of each timer
     */
    static IntFunction<Runnable> of(final int timers, final IntConsumer action) {
        final Runnable[] all = new Runnable[timers];
        Arrays.setAll(all, timer -> () -> action.accept(timer));
        return timer -> all[timer];
    }
}
