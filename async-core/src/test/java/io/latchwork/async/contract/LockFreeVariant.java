// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.AsyncRuntimeBuilder;

/** The lock-free engine. */
public final class LockFreeVariant implements Variant {
    /** For reflection. */
    public LockFreeVariant() {
    }

    @Override
    public AsyncRuntime newRuntime(RuntimeSpec spec) {
        AsyncRuntimeBuilder builder = AsyncRuntime.builder()
                .clock(spec.clock())
                .errorHandler(spec.errorHandler())
                .bases(spec.bases())
                .maxTimers(spec.maxTimers())
                .closeTimeoutNs(spec.closeTimeoutNs());
        return spec.launched() ? builder.launch() : builder.build();
    }

    @Override
    public String label() {
        return "lock-free";
    }
}
