// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.contract.RuntimeSpec;
import io.latchwork.async.contract.TimerContract;

/** The locked variant with base lock SPIN against the contract. */
class LockedSpinContractTest extends TimerContract {
    @Override
    public AsyncRuntime newRuntime(RuntimeSpec spec) {
        return LockedVariants.newRuntime(BaseLockKind.SPIN, spec);
    }

    @Override
    public boolean nmiSafe() {
        return false;
    }
}
