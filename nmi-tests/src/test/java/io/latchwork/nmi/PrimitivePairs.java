// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.List;

/** Makes the scenarios of the primitives. In the kit's own package: so it is one type for the loaders and for the tests. */
public interface PrimitivePairs {

    /** What the calls are made on. */
    enum Subject {
        SEQCOUNT_LATCH, LATCH_CELL, LLIST, IRQ_WORK, RCU, RCU_LEASED, RCU_COUNTED, REF_COUNT, TAGGED_POOL, QUOTA, CLOCK;

        /** Whether two calls in one, of every three calls, take no time worth mentioning. */
        boolean isSmall() {
            return this != IRQ_WORK && this != RCU && this != RCU_LEASED && this != RCU_COUNTED;
        }
    }

    /**
     * The names of the calls on a subject.
     *
     * @param subject the subject
     * @return the names
     */
    List<String> calls(Subject subject);

    /**
     * Why one call is not put into another one.
     *
     * @param subject the subject
     * @param nested the name of a call
     * @param interrupted the name of a call
     * @return the reason; or null if it is
     */
    String whyNotIn(Subject subject, String nested, String interrupted);

    /**
     * A scenario.
     *
     * @param subject the subject
     * @param interrupted the call that is interrupted or stopped
     * @param others the calls that interrupt it, or that another thread makes
     * @param isStopped whether it is stopped for good
     * @return the scenario, bound to the same classes as this object
     */
    Scenario<?> pair(Subject subject, String interrupted, List<String> others, boolean isStopped);
}
