// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/** The parts of one domain, wired. */
record Engine(ReaderTables tables, Counters counters, CallbackBuckets buckets, GracePeriod gracePeriod, Reclaimer reclaimer,
              ReclaimerThread thread, long batchDelayNs, long backlogHigh, long backlogMax) {

    static Engine create(final Rcu.Builder options, final GracePeriod.Factory factory) {
        final ReaderTables tables = ReaderTables.create(options.ownedSlots, options.leasedSlots, options.counterStripes,
            options.barrier());
        final Counters counters = new Counters();
        final CallbackBuckets buckets = new CallbackBuckets();
        final StallWatch watch = new StallWatch(options.stallTimeoutNs, options.expeditedStallTimeoutNs, options.stallListener,
            buckets, counters);
        final GracePeriod gracePeriod = factory.create(tables, watch, counters);
        final Reclaimer reclaimer = new Reclaimer(buckets, gracePeriod, options.callbackErrorHandler, counters);
        final long backlogHigh = Math.min(options.backlogHigh, options.backlogMax);
        final ReclaimerThread thread = new ReclaimerThread(reclaimer, buckets, options.batchDelayNs, backlogHigh,
            options.reclaimerFactory());
        return new Engine(tables, counters, buckets, gracePeriod, reclaimer, thread, options.batchDelayNs, backlogHigh,
            options.backlogMax);
    }
}
