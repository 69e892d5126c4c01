// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;

/** Which faults are injected, and how often each was. */
final class Faults {
    private final Set<Fault> enabled;
    private final AtomicLongArray counts = new AtomicLongArray(Fault.values().length);

    Faults(Set<Fault> enabled) {
        this.enabled = Set.copyOf(enabled);
    }

    boolean has(Fault fault) {
        return enabled.contains(fault);
    }

    void count(Fault fault) {
        counts.getAndIncrement(fault.ordinal());
    }

    long injected(Fault fault) {
        return counts.get(fault.ordinal());
    }
}
