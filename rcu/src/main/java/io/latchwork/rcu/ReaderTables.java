// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/** All that readers of one domain write and a grace period scans, and what the grace period does before the scan. */
record ReaderTables(EpochLine epochs, SlotTable slots, CounterTier counters, NmiMarks marks, ReaderBarrier barrier) {
    /** Most NMI mark entries made; virtual threads inside hooks at the same time are few. */
    private static final int MAX_MARK_ENTRIES = 64;

    static ReaderTables create(final int ownedSlots, final int leasedSlots, final int stripes, final ReaderBarrier barrier) {
        final SlotTable slots = new SlotTable(ownedSlots, leasedSlots);
        return new ReaderTables(new EpochLine(1), slots, new CounterTier(stripes),
            new NmiMarks(slots, Math.min(leasedSlots, MAX_MARK_ENTRIES)), barrier);
    }
}
