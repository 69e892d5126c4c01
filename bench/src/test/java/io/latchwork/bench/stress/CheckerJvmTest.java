// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.stress.CheckerReport.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a checker's output and end. */
class CheckerJvmTest {
    @TempDir
    private Path folder;

    private CheckerReport run(final String behaviour, final Duration limit) throws Exception {
        final Checker checker = new Checker("fake", "nothing", FakeChecker.class.getName(), List.of(behaviour),
            List.of("-Xmx64m"), limit, false);
        return new CheckerJvm(folder, folder).run(checker, how -> { });
    }

    private CheckerReport run(final String behaviour) throws Exception {
        return run(behaviour, Duration.ofMinutes(1));
    }

    private static void assertFailed(final String reason, final CheckerReport report) {
        assertEquals(Verdict.FAILED, report.verdict());
        assertTrue(report.failures().get(0).startsWith(reason), report.failures().toString());
    }

    @Test
    void passes() throws Exception {
        final CheckerReport report = run("passes");
        assertEquals(List.of(), report.failures());
        assertEquals(Verdict.PASSED, report.verdict());
        assertEquals(List.of(new CheckerReport.Check("thing", true, 0.5, "went well")), report.checks());
        assertTrue(Files.readAllLines(report.log()).contains("some text"));
    }

    @Test
    void failuresAreTold() throws Exception {
        final CheckerReport report = run("fails");
        assertFailed("first line | second line", report);
        assertEquals(1, report.failedChecks());
    }

    @Test
    void aFailedCheckIsAFailureWhateverTheExitCode() throws Exception {
        assertFailed("thing failed", run("contradicts"));
    }

    @Test
    void checkingNothingIsAFailure() throws Exception {
        assertFailed("ended well, and told of nothing", run("silent"));
    }

    @Test
    void anExitCodeAloneIsAFailure() throws Exception {
        assertFailed("ended with exit code 7", run("dies"));
        assertFailed("ended with exit code 1", run("no such behaviour"));
    }

    @Test
    void whoeverHangsIsEnded() throws Exception {
        final CheckerReport report = run("hangs", Duration.ofSeconds(2));
        assertFailed("ran past its limit of 2 s", report);
        assertEquals(1, report.checks().size(), "what it told before is kept");
    }

    @Test
    void progressIsTold() throws Exception {
        final List<String> told = new CopyOnWriteArrayList<>();
        new CheckerJvm(folder, folder).run(new Checker("fake", "nothing", FakeChecker.class.getName(),
            List.of("passes"), List.of(), Duration.ofMinutes(1), false), told::add);
        assertEquals(List.of("1/2 half"), told);
    }
}
