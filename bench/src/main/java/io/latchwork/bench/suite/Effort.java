// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

/**
 * How long a JMH benchmark is measured. Many short iterations and their median stand a busy machine better than few long ones.
 *
 * @param forks JVMs
 * @param warmups iterations that do not count
 * @param iterations iterations that count
 * @param millis how long each is
 */
public record Effort(int forks, int warmups, int iterations, int millis) {
    /** For a few minutes. */
    static final Effort QUICK = new Effort(1, 14, 24, 25);
    /** For figures to publish. */
    static final Effort FULL = new Effort(2, 15, 25, 50);

    static Effort of(final Plan plan) {
        return plan.quick() ? QUICK : FULL;
    }
}
