// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.jmh.LimitBench;
import java.util.List;

/** What a caller pays for arming, re-arming and cancelling, beside the limits and the peers. */
final class ArmCancelSuite implements Suite {
    @Override
    public String id() {
        return "armcancel";
    }

    @Override
    public String title() {
        return "Arming, re-arming and cancelling, beside the peers";
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        return List.of(JmhTask.of(LimitBench.class, "exchange").what("getAndSet"));
    }
}
