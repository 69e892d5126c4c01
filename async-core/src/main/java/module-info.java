// SPDX-License-Identifier: Apache-2.0

/** Timers that may be armed, re-armed and cancelled from anywhere, without a lock and without allocation. */
module io.latchwork.async {
    requires io.latchwork.seqlatch;
    requires io.latchwork.rcu;
    requires io.latchwork.irqwork;
    requires transitive org.agrona;
    requires org.jctools.core.jdk11;

    exports io.latchwork.async;
}
