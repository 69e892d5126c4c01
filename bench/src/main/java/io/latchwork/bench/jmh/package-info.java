// SPDX-License-Identifier: Apache-2.0

/** Micro-benchmarks of single calls on timers, and of what they are made of. */
package io.latchwork.bench.jmh;
