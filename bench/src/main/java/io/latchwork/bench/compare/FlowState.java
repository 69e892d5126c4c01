// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a table knows of a flow: which sides have ended. Several threads may feed packets of one flow at one time; a FIN
 * of one of them is then seen by the others soon, not at once, which a tracker of a network has to live with anyway.
 */
final class FlowState {
    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(FlowState.class, "closed", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int flow;
    private int closed;

    FlowState(int flow) {
        this.flow = flow;
    }

    int flow() {
        return flow;
    }

    /** A new life of the flow begins. */
    void reopen() {
        CLOSED.setOpaque(this, 0); // relaxed: the map that the state is put in publishes it
    }

    /** Notes which side a packet ends and returns all that have ended. */
    int close(int closes) {
        int seen = (int) CLOSED.getOpaque(this); // relaxed: a guess at a time-out, nothing hangs on its order
        if ((seen | closes) == seen) {
            return seen;
        }
        return (int) CLOSED.getAndBitwiseOr(this, closes) | closes; // relaxed: only the bits matter
    }
}
