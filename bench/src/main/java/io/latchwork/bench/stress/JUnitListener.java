// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Tells of tests in the lines of {@link CheckerLines}: progress and a result for each class, every failure. */
final class JUnitListener implements TestExecutionListener {
    private static final int LONGEST_MESSAGE = 400;

    private final PrintStream out = System.out;
    private final TestPlan plan;
    private final int maxFailures;
    private final long classes;
    private final Map<TestIdentifier, Tally> tallies = new LinkedHashMap<>();
    private int ended;
    private int tests;
    private int failed;

    /** What came of a top-level class so far. */
    private static final class Tally {
        private final long begin = System.nanoTime();
        private int tests;
        private int failed;

        private double seconds() {
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    JUnitListener(final TestPlan plan, final int maxFailures) {
        this.plan = plan;
        this.maxFailures = maxFailures;
        this.classes = plan.countTestIdentifiers(this::isTopLevelClass);
    }

    /** Below the engine. */
    private boolean isTopLevelClass(final TestIdentifier identifier) {
        return plan.getParent(identifier).map(parent -> plan.getParent(parent).isEmpty()).orElse(false);
    }

    private TestIdentifier classOf(final TestIdentifier identifier) {
        TestIdentifier top = identifier;
        while (!isTopLevelClass(top) && plan.getParent(top).isPresent()) {
            top = plan.getParent(top).get();
        }
        return top;
    }

    private static String name(final TestIdentifier topLevelClass) {
        return topLevelClass.getDisplayName();
    }

    @Override
    public void executionStarted(final TestIdentifier identifier) {
        if (isTopLevelClass(identifier)) {
            tallies.put(identifier, new Tally());
            CheckerLines.progress(out, ended, classes, name(identifier));
        }
    }

    @Override
    public void executionFinished(final TestIdentifier identifier, final TestExecutionResult result) {
        final TestIdentifier top = classOf(identifier);
        final Tally tally = tallies.computeIfAbsent(top, unused -> new Tally());
        if (identifier.isTest()) {
            tests++;
            tally.tests++;
        }
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            failed++;
            tally.failed++;
            CheckerLines.failure(out, name(top) + " " + identifier.getDisplayName() + ": "
                + result.getThrowable().map(JUnitListener::message).orElse("no reason given"));
            result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(out));
        }
        if (isTopLevelClass(identifier) || failed >= maxFailures) {
            ended++;
            CheckerLines.result(out, name(top), tally.failed == 0, tally.seconds(), tally.tests + " tests");
        }
        if (failed >= maxFailures) {
            out.println("ended after " + failed + " failures");
            out.flush();
            Runtime.getRuntime().halt(1); // threads of a test that failed may never end
        }
    }

    private static String message(final Throwable thrown) {
        final String text = thrown.toString().strip().replaceAll("\\s*\\R\\s*", " | ");
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "..." : text;
    }

    /** Prints the sum; true if there were tests and none failed. */
    boolean finish() {
        if (tests == 0 && failed == 0) {
            CheckerLines.failure(out, "no tests were found");
        }
        out.println(tests + " tests, " + failed + " failed");
        return tests > 0 && failed == 0;
    }
}
