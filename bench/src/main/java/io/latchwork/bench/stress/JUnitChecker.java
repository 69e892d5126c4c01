// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs JUnit tests that are on the class path and tells of each class: the main class of a checker's JVM. */
@Command(name = "junit", description = "Runs JUnit tests that are on the class path.")
public final class JUnitChecker implements Runnable, CommandLine.IExitCodeGenerator {
    private static final String ROOT = "io.latchwork";
    private static final String TEST_CLASS = ".*Test$";
    private static final String TIMEOUT = "junit.jupiter.execution.timeout.default";

    @Option(names = "--include", description = "regular expression of class names")
    private String include = TEST_CLASS;

    @Option(names = "--exclude", description = "regular expression of class names that are left out")
    private List<String> excludes = new ArrayList<>();

    @Option(names = "--test", description = "CLASS[/NESTED][#METHOD]; then nothing is searched")
    private List<String> tests = new ArrayList<>();

    @Option(names = "--timeout", description = "limit of one test")
    private String timeout = "120 s";

    @Option(names = "--max-failures", description = "ends when so many tests have failed; default: none ends it")
    private int maxFailures = Integer.MAX_VALUE;

    @Spec
    private CommandSpec spec;

    private boolean passed;

    /** A checker with its defaults, for picocli to fill in. */
    public JUnitChecker() {
        // fields are set by picocli
    }

    /**
     * Runs the tests and exits: 0 if all passed and there was one at least, 1 if not, 2 for bad usage.
     *
     * @param args the options
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new JUnitChecker()).execute(args));
    }

    @Override
    public void run() {
        final LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
            .selectors(selectors())
            .filters(includeClassNamePatterns(tests.isEmpty() ? include : ".*"))
            .configurationParameter(TIMEOUT, timeout);
        if (!excludes.isEmpty()) {
            request.filters(excludeClassNamePatterns(excludes.toArray(new String[0])));
        }
        final TestPlan plan = LauncherFactory.create().discover(request.build());
        final JUnitListener listener = new JUnitListener(plan, maxFailures);
        LauncherFactory.create().execute(plan, listener);
        passed = listener.finish();
    }

    private List<DiscoverySelector> selectors() {
        final List<DiscoverySelector> selectors = new ArrayList<>();
        for (final String test : tests) {
            try {
                selectors.add(TestName.select(test));
            } catch (final IllegalArgumentException e) { // else a misspelt test looks like one that failed
                throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
        if (selectors.isEmpty()) {
            selectors.add(selectPackage(ROOT));
        }
        return selectors;
    }

    @Override
    public int getExitCode() {
        return passed ? 0 : 1;
    }
}
