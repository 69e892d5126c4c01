// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.List;

/** Makes the scenarios of works. In the kit's own package: so it is one type for the loaders and for the tests. */
public interface WorkPairs {

    /** What the work is like when the interrupted call begins. */
    enum Shape {
        /** Not initialised. */
        BARE,
        /** Initialised and bound. */
        IDLE,
        /** Started; the base has not heard of it. */
        STARTED,
        /** Passed on to the kworkers. */
        QUEUED,
        /** Passed on to the kworkers, and taken back. */
        CANCELLED;

        boolean isPending() {
            return this == STARTED || this == QUEUED;
        }
    }

    /** A call, or a duty cycle. */
    enum Call {
        INIT, SET_OTHER, START, CANCEL_ASYNC, CANCEL, FLUSH, UPDATE, DELETE, PROG_RELEASE,
        /** Refused in NMI, whatever the work is like. */
        CANCEL_IN_NMI, FLUSH_IN_NMI,
        /** Of the base. */
        BASE,
        /** Of the kworker. */
        KWORKER;

        boolean isDuty() {
            return this == BASE || this == KWORKER;
        }

        /** Why the call is not put into this one, or null. */
        String whyNotIn(final Call interrupted) {
            return switch (this) {
                case CANCEL, FLUSH -> "waits: not for NMI, where it is refused";
                case BASE, KWORKER -> this == interrupted ? "one thread's" : null;
                case START -> interrupted == FLUSH ? "what is flushed then has nobody to run it" : null;
                default -> null;
            };
        }

        /** Why no other thread makes the call while this one is stopped for good, or null. */
        String whyNotBeside(final Call stopped) {
            return switch (this) {
                case FLUSH -> "what is flushed then has nobody to run it";
                case CANCEL -> stopped == KWORKER ? "waits for a callback, which is the one that is stopped" : null;
                default -> whyNotIn(stopped);
            };
        }
    }

    /**
     * A scenario.
     *
     * @param shape what the work is like
     * @param interrupted the call that is interrupted or stalled
     * @param nested the calls that interrupt it, or that the other thread makes
     * @param isStopped whether it is stopped for good
     * @return the scenario, bound to the same classes as this object
     */
    Scenario<?> pair(Shape shape, Call interrupted, List<Call> nested, boolean isStopped);
}
