// SPDX-License-Identifier: Apache-2.0
/** The {@code bench} command: suites of measurements, each beside its limits and its peers, as JSON, tables and charts. */
package io.latchwork.bench.suite;
