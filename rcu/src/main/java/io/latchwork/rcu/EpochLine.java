// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** 120 bytes before the epoch. */
class EpochPadLeft {
    long l00, l01, l02, l03, l04, l05, l06, l07, l08, l09, l10, l11, l12, l13, l14;
}

/** The epoch of a domain: it only grows, by one per grace period, and every outermost reader loads it. */
class EpochValue extends EpochPadLeft {
    /** The epoch shares a word with the nesting count, so it has 48 bits: 8.9 years at one grace period per us. */
    static final long LIMIT = 1L << (Long.SIZE - SlotFields.NEST_BITS);

    private static final VarHandle EPOCH = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "epoch", VarHandle.class, EpochValue.class, long.class);

    private long epoch;

    EpochValue(final long first) {
        epoch = first;
    }

    /** The present epoch, for a reader about to publish it and for cookies. Wait-free. */
    final long current() {
        // RC6 <- RC5: a reader of the new epoch sees every unlink done before the grace period began; else it is let through
        return (long) EPOCH.getVolatile(this);
    }

    /** Starts a grace period and returns its target. Owner of the grace period only. */
    final long advance() {
        // RC5 -> RC6: carries the unlinks to the readers of the new epoch, for whom the scan does not wait
        final long target = (long) EPOCH.getAndAdd(this, 1L) + 1;
        assert target < LIMIT : "I2: the epoch wrapped at " + target;
        return target;
    }
}

/** The epoch between its paddings: a grace period's store must not take a neighbour's line away from the readers. */
final class EpochLine extends EpochValue {
    long r00, r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r11, r12, r13, r14;

    EpochLine(final long first) {
        super(first);
    }
}
