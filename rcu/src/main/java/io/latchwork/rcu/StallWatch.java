// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.util.List;

/** Times the wait of a grace period and reports the reader in the way. Used by the owner of the grace period only. */
final class StallWatch {
    private final long timeoutNs;
    private final long expeditedTimeoutNs;
    private final StallListener listener;
    private final CallbackBuckets buckets;
    private final Counters counters;
    private boolean expedited;
    private boolean waiting;
    private long beganNs;
    private long nextReportNs;

    StallWatch(final long timeoutNs, final long expeditedTimeoutNs, final StallListener listener,
               final CallbackBuckets buckets, final Counters counters) {
        this.timeoutNs = timeoutNs;
        this.expeditedTimeoutNs = expeditedTimeoutNs;
        this.listener = listener;
        this.buckets = buckets;
        this.counters = counters;
    }

    /** A grace period begins; its clock starts when it first has to wait. */
    void begin(final boolean isExpedited) {
        expedited = isExpedited;
        waiting = false;
    }

    /** Called while the slot is in the way. */
    void checkSlot(final SlotFields slot, final long word, final long target) {
        final long waitedNs = waitedNs();
        if (waitedNs < nextReportNs) {
            return;
        }
        final Thread reader = slot.ownerOpaque();
        final List<StackTraceElement> stack = reader == null ? List.of() : List.of(reader.getStackTrace());
        final boolean ended = slot.wordAcquire() >>> SlotFields.NEST_BITS != SlotFields.epochOf(word)
            || SlotFields.nestOf(slot.wordAcquire()) == 0;
        report(new StallReport(
            slot.kind == SlotFields.OWNED ? StallReport.Tier.OWNED : StallReport.Tier.LEASED,
            reader == null ? null : reader.getName(), stack, target - SlotFields.epochOf(word), SlotFields.nestOf(word),
            buckets.backlog(), waitedNs, target, expedited, ended));
    }

    /** Called while counted readers are in the way. */
    void checkCounters(final long readers, final long target) {
        final long waitedNs = waitedNs();
        if (waitedNs < nextReportNs) {
            return;
        }
        report(new StallReport(StallReport.Tier.COUNTER, null, List.of(), 0, readers, buckets.backlog(), waitedNs, target,
            expedited, false));
    }

    private long waitedNs() {
        if (!waiting) {
            waiting = true;
            beganNs = System.nanoTime();
            nextReportNs = expedited ? expeditedTimeoutNs : timeoutNs;
        }
        return System.nanoTime() - beganNs;
    }

    private void report(final StallReport report) {
        nextReportNs = report.waitedNs() > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : report.waitedNs() * 2;
        counters.add(Counters.STALLS);
        try {
            listener.onStall(report);
        } catch (final Throwable dropped) {
            // a listener must not be able to end a grace period
        }
    }
}
