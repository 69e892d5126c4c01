// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.ReaderMode;

/** Whether this JVM, and so its children, can have RCU readers without fences. */
public final class AsymmetricReaders {
    private AsymmetricReaders() {
    }

    /**
     * What a domain gets that asks for them.
     *
     * @return the mode, and the reason for it
     */
    public static ReaderMode mode() {
        try (Rcu rcu = Rcu.builder().ownedSlots(1).leasedSlots(0).counterStripes(1).manual().asymmetric(true).build()) {
            return rcu.readerMode();
        }
    }
}
