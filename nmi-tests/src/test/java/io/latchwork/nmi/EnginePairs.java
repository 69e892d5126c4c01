// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.List;

/** Makes the scenarios of the engine. In the kit's own package: so it is one type for the loaders and for the tests. */
public interface EnginePairs {

    /** How the end is looked at. */
    enum Ending {
        /** Everything is drained, used once more, taken apart and counted. */
        TAKEN_APART,
        /** Another thread is parked somewhere, perhaps in a read section: no grace period, only the bases run. */
        STALLED,
        /** As STALLED; only the timers that no call names are looked at. */
        BYSTANDERS,
        /** As STALLED; only the timer of key 1 is looked at. */
        START_STALLED,
        /** As STALLED, and there are two bases, of which the parked thread owns the one of key 1. */
        BASE_STALLED
    }

    /**
     * A scenario.
     *
     * @param shape the state of key 1
     * @param ending how the end is looked at
     * @param interrupted the call that is interrupted or stalled
     * @param nested the calls that interrupt it, or that the other thread makes
     * @param stacked whether each nested call interrupts the one before it
     * @return the scenario, bound to the same classes as this object
     */
    Scenario<?> pair(EngineShape shape, Ending ending, EngineCall interrupted, List<EngineCall> nested,
                     boolean stacked);
}
