// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import io.latchwork.async.contract.Variant;
import java.util.EnumSet;
import java.util.Set;

/** The locked variant, as the ported tests of async-core are run against it. */
public final class LockedPortVariant implements Variant {
    /** For reflection. */
    public LockedPortVariant() {
    }

    @Override
    public AsyncRuntime newRuntime(RuntimeSpec spec) {
        return LockedVariants.newRuntime(BaseLockKind.SPIN, spec);
    }

    @Override
    public boolean nmiSafe() {
        return false;
    }

    @Override
    public String label() {
        return "locked";
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.of(Feature.PIN, Feature.VIEWS, Feature.REARMED, Feature.CANCEL_STICKS);
    }
}
