// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.contract.RuntimeSpec;

/** Makes locked runtimes for the contract tests. */
final class LockedVariants {
    private LockedVariants() {
    }

    static AsyncRuntime newRuntime(BaseLockKind kind, RuntimeSpec spec) {
        LockedRuntimeBuilder builder = LockedRuntime.builder()
                .baseLock(kind)
                .clock(spec.clock())
                .errorHandler(spec.errorHandler())
                .bases(spec.bases())
                .maxTimers(spec.maxTimers())
                .closeTimeoutNs(spec.closeTimeoutNs());
        return spec.launched() ? builder.launch() : builder.build();
    }
}
