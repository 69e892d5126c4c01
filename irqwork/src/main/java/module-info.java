// SPDX-License-Identifier: Apache-2.0

/** Deferred work that any context may queue without blocking, and the worker that runs it. Needs Agrona's Agent. */
module io.latchwork.irqwork {
    requires transitive org.agrona;

    exports io.latchwork.irqwork;
}
