// SPDX-License-Identifier: Apache-2.0
/** The parts that timers and works are made of, each behind one interface with what others would use in its place. */
package io.latchwork.bench.parts;
