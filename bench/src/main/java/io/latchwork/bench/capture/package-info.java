// SPDX-License-Identifier: Apache-2.0
/** Packet capture files and the TCP and UDP packets in them, as traffic to replay. */
package io.latchwork.bench.capture;
