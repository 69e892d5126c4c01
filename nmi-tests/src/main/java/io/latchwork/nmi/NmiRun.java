// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/** What the hooks do during one run of one operation on one thread. */
abstract class NmiRun {

    private final Options options;
    private long stepsOfThisCall;
    private long stepsInAll;
    /** The first failure. Kept, since the code under test may swallow the error that unwinds it. */
    private volatile String failure;

    NmiRun(final Options options) {
        this.options = options;
    }

    abstract void point(int site);

    /** Whether the code that runs now must keep to the policy: no blocking, perhaps no allocation. */
    abstract boolean strict();

    final void blocking(final int site) {
        judge(PointKind.BLOCKING, site);
        point(site);
    }

    final void allocation(final int site) {
        judge(PointKind.ALLOCATION, site);
    }

    private void judge(final PointKind kind, final int site) {
        if (strict() && options.forbids(kind) && !options.exempt().test(Sites.name(site))) {
            fail(kind + " at " + Sites.name(site));
        }
    }

    /** Counts one step of the current call; a call that takes more than the bound is waiting for somebody. */
    final void step(final int site, final String who) {
        stepsInAll++;
        if (++stepsOfThisCall > options.stepBound()) {
            fail("STUCK: the " + who + " passed " + options.stepBound() + " points, the last one at "
                + Sites.name(site));
        }
    }

    final long stepsOfThisCall() {
        return stepsOfThisCall;
    }

    final long stepsInAll() {
        return stepsInAll;
    }

    final void stepsOfThisCall(final long value) {
        stepsOfThisCall = value;
    }

    final void unwindIfFailed() {
        if (failure != null) {
            throw new NmiUnwind(failure);
        }
    }

    final void fail(final String why) {
        if (failure == null) {
            failure = why;
        }
        throw new NmiUnwind(failure);
    }

    final String failure() {
        return failure;
    }

    /**
     * Counts steps and does nothing else: for the other thread of a stall run, and for looking at the state
     * afterwards.
     */
    static final class Bounded extends NmiRun {

        private final String who;

        Bounded(final Options options, final String who) {
            super(options);
            this.who = who;
        }

        @Override
        void point(final int site) {
            unwindIfFailed();
            step(site, who);
        }

        @Override
        boolean strict() {
            return false;
        }
    }
}
