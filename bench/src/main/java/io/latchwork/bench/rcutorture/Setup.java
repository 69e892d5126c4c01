// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.rcu.CallbackErrorHandler;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.StallListener;

/**
 * What a flavour is made with.
 *
 * @param scenario how many slots there are
 * @param asymmetric whether readers are to do without fences
 * @param stallNs when a reader is reported
 * @param backlogMax where {@code tryCallRcu} refuses
 * @param stalls told of stalled readers
 * @param errors told of callbacks that throw
 */
record Setup(Scenario scenario, boolean asymmetric, long stallNs, long backlogMax, StallListener stalls,
             CallbackErrorHandler errors) {
    Setup with(final Scenario other) {
        return new Setup(other, asymmetric, stallNs, backlogMax, stalls, errors);
    }

    Rcu newDomain() {
        return Rcu.builder()
            .name("torture")
            .ownedSlots(scenario.ownedSlots)
            .leasedSlots(scenario.leasedSlots)
            .asymmetric(asymmetric)
            .batchDelayNs(100_000)
            .stallTimeoutNs(stallNs)
            .expeditedStallTimeoutNs(stallNs)
            .backlogMax(backlogMax)
            .backlogHigh(Math.max(1, backlogMax / 2))
            .stallListener(stalls)
            .callbackErrorHandler(errors)
            .build();
    }
}
