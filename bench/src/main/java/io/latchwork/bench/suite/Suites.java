// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;

/** All suites, in the order to run them in. */
final class Suites {
    static final List<Suite> ALL = List.of(
        new ArmCancelSuite(),
        new ExpirySuite(),
        new LatenessSuite(),
        new QueueSuite(),
        new PrimitivesSuite(),
        new WqSuite(),
        new MemorySuite(),
        new ScalingSuite());

    private Suites() {
    }
}
