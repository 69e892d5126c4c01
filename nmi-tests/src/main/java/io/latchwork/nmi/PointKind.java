// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/** What an instrumented place is about to do, as far as a policy may forbid it in nested code. */
public enum PointKind {
    /** It may wait for another thread: a monitor, a lock, a park, or a JDK structure that is not instrumented. */
    BLOCKING,
    /** It allocates, or may: new objects and arrays, boxing, lambdas and string concatenation, thread locals. */
    ALLOCATION
}
