// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/** Thrown at a point to unwind an operation that failed or is given up. It never reaches the caller of an explorer. */
final class NmiUnwind extends Error {

    private static final long serialVersionUID = 1;

    NmiUnwind(final String why) {
        super(why, null, false, false);
    }
}
