// SPDX-License-Identifier: Apache-2.0

/**
 * The {@code latchwork compare} command: a packet capture is replayed through a flow table whose idle time-outs are the
 * timers under comparison, first checked against a reference model on a manual clock, then measured.
 */
package io.latchwork.bench.compare;
