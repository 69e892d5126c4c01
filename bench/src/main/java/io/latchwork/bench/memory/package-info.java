// SPDX-License-Identifier: Apache-2.0
/** What an armed timer costs in memory, as objects and as heap. */
package io.latchwork.bench.memory;
