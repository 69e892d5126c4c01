// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

/**
 * How long a cell is measured.
 *
 * @param forks JVMs
 * @param warmups iterations that do not count
 * @param iterations iterations that count
 * @param millis how long each is
 */
record Effort(int forks, int warmups, int iterations, int millis) {
    static final Effort QUICK = new Effort(1, 3, 5, 150);
    static final Effort FULL = new Effort(3, 4, 6, 400);
}
