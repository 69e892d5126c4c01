// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/**
 * The hooks that instrumented code calls, before the instruction that they stand for. They do nothing unless the
 * current thread is an {@link NmiThread} with a run in progress, so set-up code and other threads are not disturbed.
 */
public final class Nmi {

    private Nmi() {
    }

    /**
     * Before a memory access, an atomic instruction, a backward branch or a return.
     *
     * @param site number of the instrumented place
     */
    public static void point(final int site) {
        final NmiRun run = currentRun();
        if (run != null) {
            run.point(site);
        }
    }

    /**
     * Before something that may block. It is a point, too.
     *
     * @param site number of the instrumented place
     */
    public static void blocking(final int site) {
        final NmiRun run = currentRun();
        if (run != null) {
            run.blocking(site);
        }
    }

    /**
     * Before an allocation. It is no point: nobody else can see the new object yet.
     *
     * @param site number of the instrumented place
     */
    public static void allocation(final int site) {
        final NmiRun run = currentRun();
        if (run != null) {
            run.allocation(site);
        }
    }

    private static NmiRun currentRun() {
        return Thread.currentThread() instanceof NmiThread thread ? thread.run : null;
    }
}
