// SPDX-License-Identifier: Apache-2.0
/** What the measuring programs that are not JMH benchmarks share: processor time of threads and of others, and how they tell. */
package io.latchwork.bench.meter;
