// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Tells of tests in the lines of {@link CheckerLines}: progress and a result for each class, every failure. */
final class JUnitListener implements TestExecutionListener {
    private static final int LONGEST_MESSAGE = 400;

    private final PrintStream out = System.out;
    private final boolean firstFailure;
    private final Map<String, Long> began = new LinkedHashMap<>();
    private final Map<String, Integer> failedOf = new LinkedHashMap<>();
    private final Map<String, Integer> testsOf = new LinkedHashMap<>();
    private final long classes;
    private int ended;
    private int tests;
    private int failed;

    JUnitListener(final TestPlan plan, final boolean firstFailure) {
        this.firstFailure = firstFailure;
        this.classes = plan.countTestIdentifiers(JUnitListener::isTopLevelClass);
    }

    private static boolean isTopLevelClass(final TestIdentifier identifier) {
        return identifier.getSource().map(source -> source instanceof ClassSource).orElse(false)
            && identifier.getParentIdObject().map(parent -> parent.getSegments().size() == 1).orElse(false);
    }

    @Override
    public void executionStarted(final TestIdentifier identifier) {
        if (isTopLevelClass(identifier)) {
            began.put(className(identifier), System.nanoTime());
            CheckerLines.progress(out, ended, classes, shortName(className(identifier)));
        }
    }

    @Override
    public void executionFinished(final TestIdentifier identifier, final TestExecutionResult result) {
        final String name = className(identifier);
        if (identifier.isTest()) {
            tests++;
            testsOf.merge(name, 1, Integer::sum);
        }
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            failed++;
            failedOf.merge(name, 1, Integer::sum);
            CheckerLines.failure(out, shortName(name) + " " + identifier.getDisplayName() + ": "
                + result.getThrowable().map(JUnitListener::message).orElse("no reason given"));
            result.getThrowable().ifPresent(thrown -> thrown.printStackTrace(out));
            if (firstFailure) {
                CheckerLines.result(out, shortName(name), false, seconds(name), "");
                out.flush();
                Runtime.getRuntime().halt(1); // other threads of a broken test may never end
            }
        }
        if (isTopLevelClass(identifier)) {
            ended++;
            CheckerLines.result(out, shortName(name), failedOf.getOrDefault(name, 0) == 0, seconds(name),
                testsOf.getOrDefault(name, 0) + " tests");
        }
    }

    private double seconds(final String className) {
        return (System.nanoTime() - began.getOrDefault(className, System.nanoTime())) / 1e9;
    }

    private static String message(final Throwable thrown) {
        final String text = thrown.toString().strip().replaceAll("\\s*\\R\\s*", " | ");
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "..." : text;
    }

    private static String className(final TestIdentifier identifier) {
        final String name = identifier.getSource().map(source -> source instanceof MethodSource
            ? ((MethodSource) source).getClassName()
            : source instanceof ClassSource ? ((ClassSource) source).getClassName() : "").orElse("");
        final int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static String shortName(final String className) {
        return className.substring(className.lastIndexOf('.') + 1);
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
