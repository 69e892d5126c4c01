// SPDX-License-Identifier: Apache-2.0
/** The timers that one would use otherwise, behind one interface, as their own documentation would have them used. */
package io.latchwork.bench.peers;
