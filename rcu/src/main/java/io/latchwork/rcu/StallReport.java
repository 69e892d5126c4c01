// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.util.List;

/**
 * A grace period in waiting, and the reader it waits for.
 *
 * @param tier where the reader is registered
 * @param threadName the reader's name; null for the counter tier, whose readers are anonymous, and for a lease just being taken or given back
 * @param stack the reader's stack, outermost call last; empty if it is unknown or the thread has ended
 * @param epochLag grace periods begun since the reader entered, this one included; 0 for the counter tier
 * @param nest nesting depth of the reader; for the counter tier the number of readers inside
 * @param backlog callbacks queued or waiting for their grace period in the domain
 * @param waitedNs how long this grace period has waited so far, ns
 * @param targetEpoch the epoch this grace period waits for
 * @param expedited whether it was driven by an expedited call
 * @param endedBeforeDump true if the reader left this section while its stack was taken, so that the stack may show something else
 */
public record StallReport(Tier tier, String threadName, List<StackTraceElement> stack, long epochLag, long nest, long backlog,
                          long waitedNs, long targetEpoch, boolean expedited, boolean endedBeforeDump) {
    /** Where a reader is registered. */
    public enum Tier {
        /** A slot that belongs to a platform thread. */
        OWNED,
        /** A slot taken for one section. */
        LEASED,
        /** A count shared by anonymous readers. */
        COUNTER
    }
}
