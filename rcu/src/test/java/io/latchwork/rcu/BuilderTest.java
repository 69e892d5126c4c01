// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BuilderTest {
    @Test
    void builderRefusesWhatIsOutOfRange() {
        final Rcu.Builder builder = Rcu.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.ownedSlots(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.leasedSlots((1 << 20) + 1));
        assertThrows(IllegalArgumentException.class, () -> builder.counterStripes(0));
        assertThrows(IllegalArgumentException.class, () -> builder.batchDelayNs(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.stallTimeoutNs(0));
        assertThrows(IllegalArgumentException.class, () -> builder.expeditedStallTimeoutNs(0));
        assertThrows(IllegalArgumentException.class, () -> builder.backlogHigh(0));
        assertThrows(IllegalArgumentException.class, () -> builder.backlogMax(0));
        assertThrows(NullPointerException.class, () -> builder.stallListener(null));
        assertThrows(NullPointerException.class, () -> builder.callbackErrorHandler(null));
        assertThrows(NullPointerException.class, () -> builder.threadFactory(null));
        assertThrows(NullPointerException.class, () -> builder.name(null));
        assertThrows(IllegalArgumentException.class, () -> Rcu.builder().threadFactory(task -> null).build());
        if (Support.hasVirtualThreads()) {
            assertThrows(IllegalArgumentException.class, () -> Rcu.builder().threadFactory(Support::virtualThread).build());
        }
    }
}
