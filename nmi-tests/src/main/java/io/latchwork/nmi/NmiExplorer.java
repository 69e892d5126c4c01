// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs an operation again and again, and each time other operations to their end at one of its points, on the same
 * thread, as a non-maskable interrupt would. Every run must end in an outcome that some sequential order has, too; a
 * nested operation must stay within the step bound and keep to the policy of the {@link Options}.
 */
public final class NmiExplorer {

    private NmiExplorer() {
    }

    /**
     * Explores all points (with depth 2: all pairs of points) of the scenario's interrupted operation.
     *
     * @param <S> the scenario's state
     * @param scenario a scenario, from {@link NmiLoader#scenario}
     * @param options the options
     * @return what was found
     */
    public static <S> Report explore(final Scenario<S> scenario, final Options options) {
        final Report report =
            new Report(Calls.name(scenario) + " depth " + options.depth() + (options.stacked() ? " stacked" : ""));
        return NmiThread.runToEnd(options, report, () -> explore(scenario, options, report));
    }

    private static <S> void explore(final Scenario<S> scenario, final Options options, final Report report) {
        final long begin = System.nanoTime();
        Calls.allowSequential(scenario, options, Calls.orders(options.depth(), options.stacked()), false, report);
        if (!report.failures().isEmpty()) {
            return;
        }
        final SiteFilter filter = new SiteFilter(options.at());
        final Run<S> dry = new Run<>(scenario, options, filter, new int[0], report, true);
        dry.execute();
        report.points(dry.passed[0]);
        if (dry.failure() != null) {
            report.addFailure("without interrupts: " + dry.failure());
            return;
        }
        final int[] at = new int[options.depth()];
        boolean more = true;
        while (more && report.failures().size() < options.maxFailures()) {
            final Run<S> run = new Run<>(scenario, options, filter, at.clone(), report, false);
            final Object result = run.execute();
            report.addRun();
            report.nestedPointsOfRun(run.nestedSteps);
            if (run.failure() != null) {
                report.addFailure(run.where() + ": " + run.failure());
            } else if (run.injected == at.length) {
                final String wrong = report.judge(scenario, run.outcome(result));
                if (wrong != null) {
                    report.addFailure(run.where() + ": " + wrong);
                }
            }
            more = advance(at, run.injected, options.stacked());
        }
        report.took(System.nanoTime() - begin);
    }

    /** Moves the last injection that took place one point on; those after it start again behind it. */
    private static boolean advance(final int[] at, final int injected, final boolean stacked) {
        if (injected == 0) {
            return false;
        }
        at[injected - 1]++;
        Arrays.fill(at, injected, at.length, stacked ? 0 : at[injected - 1]);
        return true;
    }

    private static final class Run<S> extends NmiRun {

        private final Scenario<S> scenario;
        private final Options options;
        private final SiteFilter filter;
        private final S state;
        /** Where to inject: point numbers of the interrupted operation; if stacked, of the operation one level up. */
        private final int[] at;
        private final int[] hitSites;
        private final Object[] results;
        /** Points passed, by level of nesting. */
        private final int[] passed;
        private final Report report;
        private final boolean isDry;
        private int level;
        private int injected;
        private long nestedSteps;

        Run(final Scenario<S> scenario, final Options options, final SiteFilter filter, final int[] at,
            final Report report, final boolean isDry) {
            super(options);
            this.scenario = scenario;
            this.options = options;
            this.filter = filter;
            this.state = Calls.fresh(scenario);
            this.at = at;
            this.hitSites = new int[at.length];
            this.results = new Object[at.length];
            this.passed = new int[at.length + 1];
            this.report = report;
            this.isDry = isDry;
        }

        Object execute() {
            return NmiThread.during(this, () -> {
                try {
                    return Calls.operation(scenario, state, Calls.INTERRUPTED);
                } catch (final NmiUnwind e) {
                    return e;
                }
            });
        }

        @Override
        boolean strict() {
            return level > 0;
        }

        @Override
        void point(final int site) {
            unwindIfFailed();
            final boolean here = (level == 0 || options.stacked()) && filter.test(site);
            if (level > 0) {
                nestedSteps++;
                report.addPassed(site, true);
            } else if (isDry) {
                report.addPassed(site, false);
                if (here) {
                    report.addSite(site);
                }
            }
            if (here) {
                final int number = passed[level]++;
                if (options.stacked()) {
                    if (injected == level && level < at.length && at[level] == number) {
                        inject(site);
                    }
                } else {
                    while (injected < at.length && at[injected] == number) {
                        inject(site);
                    }
                }
            }
            step(site, level == 0 ? "interrupted operation" : "nested operation");
        }

        private void inject(final int site) {
            final int index = injected++;
            final long outerSteps = stepsOfThisCall();
            hitSites[index] = site;
            level++;
            stepsOfThisCall(0);
            try {
                results[index] = Calls.operation(scenario, state, index);
            } finally {
                level--;
                stepsOfThisCall(outerSteps);
            }
            unwindIfFailed();
        }

        List<Object> outcome(final Object result) {
            final List<Object> outcome = new ArrayList<>();
            outcome.add(result);
            outcome.addAll(Arrays.asList(results));
            // the structure may be broken: looking at it must end, too
            outcome.add(NmiThread.during(new Bounded(options, "observer"), () -> {
                try {
                    return Calls.observe(scenario, state);
                } catch (final NmiUnwind e) {
                    return e.getMessage();
                }
            }));
            return outcome;
        }

        String where() {
            final StringBuilder text = new StringBuilder();
            for (int i = 0; i < injected; i++) {
                text.append(i == 0 ? "" : ", then ").append("interrupted at point ").append(at[i])
                    .append(", before ").append(Sites.name(hitSites[i]));
            }
            return text.toString();
        }
    }
}
