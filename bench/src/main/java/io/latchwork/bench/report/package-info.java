// SPDX-License-Identifier: Apache-2.0
/** What every command tells: of the machine, and of how far it is. */
package io.latchwork.bench.report;
