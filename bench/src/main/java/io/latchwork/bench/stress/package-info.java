// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code stress} command: every checker of this repository, each in a JVM of its own, from one jar.
 */
package io.latchwork.bench.stress;
