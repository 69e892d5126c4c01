// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.report.Machine;
import io.latchwork.bench.report.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures suites. A task that fails is told of among those that could not be measured, and the next one follows. */
final class SuiteRun {
    private static final String LOAD = "load";

    /** Who is told what there is so far. */
    interface Sink {
        void accept(SuiteResult result) throws IOException;
    }

    private final Tools tools;
    private final String command;
    private final String only;

    /**
     * @param tools what tasks are offered
     * @param command the command line
     * @param only measure tasks only whose label holds this
     */
    SuiteRun(final Tools tools, final String command, final String only) {
        this.tools = tools;
        this.command = command;
        this.only = only;
    }

    /**
     * Measures a suite.
     *
     * @param suite the suite
     * @param soFar told after each task what there is, so that a run that is ended early is not in vain
     */
    SuiteResult measure(final Suite suite, final Sink soFar) throws InterruptedException, IOException {
        final Map<String, String> before = Machine.facts();
        final List<Task> tasks = suite.tasks(tools.plan()).stream().filter(task -> task.label().contains(only)).toList();
        final List<Row> rows = new ArrayList<>();
        final List<String> missing = new ArrayList<>();
        try (Progress progress = new Progress(tasks.size())) {
            for (final Task task : tasks) {
                progress.step(suite.id() + ": " + task.label());
                measure(task, rows, missing);
                soFar.accept(new SuiteResult(suite, command, facts(before), rows, missing));
            }
        }
        return new SuiteResult(suite, command, facts(before), rows, missing);
    }

    private void measure(final Task task, final List<Row> rows, final List<String> missing) throws InterruptedException {
        try {
            rows.addAll(task.run(tools));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            missing.add(task.label() + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    private static Map<String, String> facts(final Map<String, String> before) {
        final Map<String, String> facts = new LinkedHashMap<>(before);
        facts.put(LOAD + " before", facts.remove(LOAD));
        facts.put(LOAD + " after", Machine.facts().get(LOAD));
        return facts;
    }
}
