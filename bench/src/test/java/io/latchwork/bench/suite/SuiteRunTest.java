// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.jmh.FreshArmBench;
import io.latchwork.bench.jmh.LimitBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteRunTest {
    private static final Tools TOOLS = new Tools(new Plan(true, 1), null);

    private record Made(String label, Exception failure) implements Task {
        @Override
        public List<Row> run(final Tools tools) throws Exception {
            if (failure != null) {
                throw failure;
            }
            return List.of(Row.of(label, Row.MACHINE, -1, -1, 1, "us"));
        }
    }

    @TempDir
    private Path folder;

    private static SuiteResult measure(final String only, final Task... tasks) throws InterruptedException, IOException {
        return new SuiteRun(TOOLS, "command", only).measure(new MadeUpSuite(List.of(tasks)), soFar -> { });
    }

    @Test
    void whatThereIsIsToldAfterEachTask() throws InterruptedException, IOException {
        final List<Integer> sizes = new ArrayList<>();
        final List<Task> tasks = List.of(new Made("a", null), new Made("b", new IOException("broke")), new Made("c", null));
        final SuiteResult result = new SuiteRun(TOOLS, "command", "").measure(new MadeUpSuite(tasks),
            soFar -> sizes.add(soFar.rows().size()));
        assertEquals(List.of(1, 1, 2), sizes);
        assertEquals(2, result.rows().size());
    }

    @Test
    void aTaskThatFailsIsToldAndTheNextFollows() throws InterruptedException, IOException {
        final SuiteResult result = measure("", new Made("a", new IOException("broke")), new Made("b", null),
            new Made("c", new Unavailable("no such clock")), new Made("d", new IllegalStateException()));
        assertEquals(List.of("b"), result.rows().stream().map(Row::what).toList());
        assertEquals(List.of("a: broke", "c: no such clock", "d: java.lang.IllegalStateException"), result.missing());
        assertTrue(result.machine().containsKey("load before") && result.machine().containsKey("load after"));
    }

    @Test
    void onlyWhatIsAskedFor() throws InterruptedException, IOException {
        assertEquals(List.of("ab", "bc"), measure("b", new Made("ab", null), new Made("c", null), new Made("bc", null)).rows()
            .stream().map(Row::what).toList());
    }

    @Test
    void aJmhBenchmarkFromItsJvmToTheFiles() throws Exception {
        final Effort tiny = new Effort(1, 1, 3, 5);
        final SuiteResult result = measure("", JmhTask.of(LimitBench.class, "nanoTime").effort(tiny),
            JmhTask.of(LimitBench.class, "volatileRead").what("reads").threads(2).effort(tiny).sampled().clientOnly());
        assertEquals(List.of(), result.missing());
        final Row clock = result.rows().get(0);
        assertEquals("nanoTime", clock.what());
        assertEquals(3, clock.samples().size());
        assertTrue(clock.value() > 0 && clock.cpuNs() > 0 && clock.bytes() >= 0, clock.toString());
        assertTrue(clock.callerNs() > 0 && clock.callerNs() <= clock.cpuNs() * 1.01, clock.toString());
        assertEquals(List.of("reads p50", "reads p99", "reads p99.9"),
            result.rows().subList(1, result.rows().size()).stream().map(Row::what).toList());
        assertTrue(Double.isNaN(result.rows().get(1).cpuNs()));
        final SuiteFiles files = new SuiteFiles(folder);
        files.write(result);
        assertTrue(Files.readString(files.json(result.suite())).contains("nanoTime"));
    }

    @Test
    void aBenchmarkThatFailsSaysWhy() throws InterruptedException, IOException {
        final SuiteResult result = measure("", JmhTask.of(FreshArmBench.class, "arm")
            .peer("peer", "sundial").pending(0).effort(new Effort(1, 0, 1, 1)));
        assertEquals(List.of("arm sundial, 0 pending: java.lang.IllegalArgumentException: no peer sundial"), result.missing());
    }
}
