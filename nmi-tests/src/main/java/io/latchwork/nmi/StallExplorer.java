// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Parks the thread that runs a scenario's interrupted operation for good, at each of its points in turn, and requires
 * that another thread's operations still finish: lock-freedom in spite of a stalled thread.
 */
public final class StallExplorer {

    private static final int SPINS = 500;
    private static final int DEADLOCK_SIGHTINGS = 100;
    private static final long POLL_MILLIS = 1;
    private static final long JOIN_MILLIS = 2_000;

    private StallExplorer() {
    }

    /**
     * Explores all points; the stalled thread never goes on. Its operation may have had its effect or not.
     *
     * @param <S> the scenario's state
     * @param scenario a scenario, from {@link NmiLoader#scenario}
     * @param options depth is the number of operations that the other thread runs, one after the other
     * @return what was found
     */
    public static <S> Report explore(final Scenario<S> scenario, final Options options) {
        return explore(scenario, options, false);
    }

    /**
     * Explores all points; the stalled thread goes on when the other one has finished, and all results must be those of
     * a sequential order.
     *
     * @param <S> the scenario's state
     * @param scenario a scenario, from {@link NmiLoader#scenario}
     * @param options depth is the number of operations that the other thread runs, one after the other
     * @return what was found
     */
    public static <S> Report exploreResumed(final Scenario<S> scenario, final Options options) {
        return explore(scenario, options, true);
    }

    private static <S> Report explore(final Scenario<S> scenario, final Options options, final boolean resume) {
        final String how = resume ? " stalled, resumed, " : " stalled, ";
        final Report report = new Report(Calls.name(scenario) + how + options.depth() + " others");
        return NmiThread.runToEnd(options, report, () -> explore(scenario, options, resume, report));
    }

    private static <S> void explore(final Scenario<S> scenario, final Options options, final boolean resume,
                                    final Report report) {
        final long begin = System.nanoTime();
        Calls.allowSequential(scenario, options, orders(options.depth(), resume), !resume, report);
        final int limit = report.failures().isEmpty() ? options.maxFailures() : 0;
        for (int point = 0; report.failures().size() < limit; point++) {
            final Run<S> run = new Run<>(scenario, options, point, resume);
            if (!run.stall()) {
                report.points(point);
                break;
            }
            report.addRun();
            report.points(point + 1);
            report.addSite(run.stalled.site);
            final String failure = run.judge(report);
            if (failure != null) {
                report.addFailure("stalled at point " + point + ", before " + Sites.name(run.stalled.site) + ": "
                    + failure);
            }
            report.nestedPointsOfRun(run.others.stepsInAll());
            run.giveUp();
        }
        report.took(System.nanoTime() - begin);
    }

    /** All orders; if the stalled operation never goes on, also the one that it takes no part in. */
    private static List<List<Integer>> orders(final int depth, final boolean resume) {
        final List<List<Integer>> orders = new ArrayList<>(Calls.orders(depth, false));
        if (!resume) {
            orders.add(IntStream.range(0, depth).boxed().toList());
        }
        return orders;
    }

    /** The hooks of the thread that is stalled. */
    private static final class Stalled extends NmiRun {

        private final int at;
        private volatile boolean parked;
        private volatile boolean released;
        private volatile boolean resumed;
        private volatile boolean givenUp;
        private int passed;
        private int site = -1;

        Stalled(final Options options, final int at) {
            super(options);
            this.at = at;
        }

        @Override
        boolean strict() {
            return false;
        }

        @Override
        void point(final int where) {
            unwindIfGivenUp();
            unwindIfFailed();
            if (passed++ == at) {
                site = where;
                parked = true;
                while (!released) {
                    LockSupport.park(this);
                }
                resumed = true;
                unwindIfGivenUp();
            }
            step(where, "stalled operation");
        }

        private void unwindIfGivenUp() {
            if (givenUp) {
                throw new NmiUnwind("given up");
            }
        }
    }

    private static final class Run<S> {

        private final Scenario<S> scenario;
        private final Options options;
        private final boolean resume;
        private final S state;
        private final Object[] outcome;
        private final Stalled stalled;
        private final NmiRun.Bounded others;
        private final NmiThread stalledThread;
        private final NmiThread otherThread;

        Run(final Scenario<S> scenario, final Options options, final int at, final boolean resume) {
            this.scenario = scenario;
            this.options = options;
            this.resume = resume;
            this.state = Calls.fresh(scenario);
            this.outcome = new Object[options.depth() + 2];
            this.stalled = new Stalled(options, at);
            this.others = new NmiRun.Bounded(options, "other thread");
            this.stalledThread = new NmiThread("nmi-stalled", this::runStalled);
            this.otherThread = new NmiThread("nmi-other", this::runOthers);
        }

        /** Starts the first thread; answers false if it ended before the point. */
        boolean stall() {
            stalledThread.start();
            while (!stalled.parked && stalledThread.isAlive()) {
                Thread.yield();
            }
            return stalled.parked;
        }

        String judge(final Report report) {
            otherThread.start();
            String failure = await(otherThread);
            if (others.failure() != null) {
                failure = others.failure();
            }
            if (failure == null && resume) {
                stalled.released = true;
                LockSupport.unpark(stalledThread);
                while (!stalled.resumed) {
                    Thread.yield();
                }
                failure = await(stalledThread);
                if (stalled.failure() != null) {
                    failure = stalled.failure();
                }
                if (failure == null) {
                    outcome[options.depth() + 1] = Calls.observe(scenario, state);
                }
            }
            return failure != null ? failure : report.judge(scenario, Arrays.asList(outcome.clone()));
        }

        void giveUp() {
            stalled.givenUp = true;
            stalled.released = true;
            LockSupport.unpark(stalledThread);
            join(stalledThread, JOIN_MILLIS);
            join(otherThread, JOIN_MILLIS);
        }

        private static void join(final Thread thread, final long millis) {
            try {
                thread.join(millis);
            } catch (final InterruptedException e) {
                throw new IllegalStateException("interrupted while exploring", e);
            }
        }

        private void runStalled() {
            NmiThread.during(stalled, () -> {
                try {
                    outcome[0] = Calls.operation(scenario, state, Calls.INTERRUPTED);
                } catch (final NmiUnwind e) {
                    // given up, or failed: the run's failure says so
                }
                return null;
            });
        }

        private void runOthers() {
            NmiThread.during(others, () -> {
                try {
                    for (int i = 0; i < options.depth(); i++) {
                        others.stepsOfThisCall(0);
                        outcome[i + 1] = Calls.operation(scenario, state, i);
                    }
                    if (!resume) {
                        others.stepsOfThisCall(0); // seen while the first thread is stalled: may get stuck itself
                        outcome[options.depth() + 1] = Calls.observe(scenario, state);
                    }
                } catch (final NmiUnwind e) {
                    // the run's failure says why
                }
                return null;
            });
        }

        /** Waits for the end. A thread that is seen waiting several times, while the other is parked, is deadlocked. */
        private String await(final Thread thread) {
            final long end = System.nanoTime() + options.timeLimit().toNanos();
            int waiting = 0;
            for (int i = 0; thread.isAlive(); i++) {
                if (i < SPINS) {
                    Thread.yield();
                    continue;
                }
                final Thread.State threadState = thread.getState();
                waiting = threadState == Thread.State.BLOCKED || threadState == Thread.State.WAITING
                    || threadState == Thread.State.TIMED_WAITING ? waiting + 1 : 0;
                if (waiting >= DEADLOCK_SIGHTINGS) {
                    return "BLOCKED (" + threadState + ") at " + Stacks.top(thread);
                }
                if (System.nanoTime() - end > 0) {
                    return "STUCK: not finished after " + options.timeLimit() + ", at " + Stacks.top(thread);
                }
                join(thread, POLL_MILLIS);
            }
            return null;
        }
    }
}
