// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import io.latchwork.async.AsyncRuntime;
import java.util.Set;

/** An implementation of the API that the contract is checked against. */
public interface Variant {
    /** Makes a runtime as described; the caller closes it. */
    AsyncRuntime newRuntime(RuntimeSpec spec);

    /** Whether calls from NMI work; if not, every call that takes a lock is refused there with EOPNOTSUPP. */
    default boolean nmiSafe() {
        return true;
    }

    /** What it is called in reports. */
    default String label() {
        return getClass().getSimpleName();
    }

    /** The parts of the API that it has. */
    default Set<Feature> features() {
        return Feature.all();
    }
}
