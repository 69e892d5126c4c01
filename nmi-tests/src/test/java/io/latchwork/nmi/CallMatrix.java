// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.List;

/** A family of calls that are put into one another. */
interface CallMatrix {

    /** What the family is about. */
    String name();

    /** The names of the calls. */
    List<String> calls();

    /** Why one call is never put into another one, or null if it is, at every point. */
    String whyNotIn(String nested, String interrupted);

    /** Why no other thread makes one call while another one is stopped for good, or null if it does. */
    String whyNotBeside(String other, String stopped);

    /**
     * The explorations.
     *
     * @param full more of them than the time of a build allows
     */
    List<Cell> cells(boolean full);
}
