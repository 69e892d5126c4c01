// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.Locale;

/** Where the readers of a run are registered: each tier by itself, and all of them at once. */
enum Scenario {
    /** Room for everybody: platform threads own their slots, virtual ones lease. */
    ROOMY(256, 128),
    /** Nobody owns a slot: a lease for each section. */
    LEASED(0, 64),
    /** Nobody has a slot: readers are counted, nothing else. */
    COUNTED(0, 0),
    /** Room for a few: all three at once, and sections that begin in one and go on in another. */
    CROWDED(2, 2);

    final int ownedSlots;
    final int leasedSlots;

    Scenario(final int ownedSlots, final int leasedSlots) {
        this.ownedSlots = ownedSlots;
        this.leasedSlots = leasedSlots;
    }

    /** The name on the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
