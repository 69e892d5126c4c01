// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/** Told about a grace period that has waited too long for a reader. */
@FunctionalInterface
public interface StallListener {
    /**
     * Called when the stall timeout has passed, and again each time the wait has doubled since. What this throws is dropped.
     *
     * <p><b>Context:</b> the thread that drives the grace period, in the middle of it: must not block. Calls of the same domain that wait for a grace
     * period refuse here with {@code IllegalStateException}; {@code callRcu} and read sections are allowed. Source of the idea:
     * the stall warnings of Linux Documentation/RCU.
     *
     * @param report who is in the way, as far as it can be known
     */
    void onStall(StallReport report);
}
