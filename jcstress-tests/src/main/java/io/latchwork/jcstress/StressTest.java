// SPDX-License-Identifier: Apache-2.0
package io.latchwork.jcstress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.SpinLoopStyle;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * A test of this module, run by the runner that jcstress generated for it, in this JVM. jcstress itself starts a JVM for every
 * run, which takes five times as long as the run; what it adds, several JVM configurations, is for the full set.
 *
 * @param name the canonical name of the class
 */
public record StressTest(String name) {
    private static final int SAMPLES_AT_ONCE = 128;
    private static final int TIMES = 8;
    private static final int MOST_MEGABYTES = 32;
    private static final int MOST_TIMES_LONGER = 10;
    private static final String BROKEN = ".broken.";

    /**
     * All claims: what must hold.
     *
     * @return their names
     */
    public static SortedSet<String> claims() {
        return select(name -> !name.contains(BROKEN));
    }

    /**
     * All broken twins: what must be caught.
     *
     * @return their names
     */
    public static SortedSet<String> twins() {
        return select(name -> name.contains(BROKEN));
    }

    private static SortedSet<String> select(final Predicate<String> condition) {
        return TestList.tests().stream().filter(condition).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The class of this test.
     *
     * @return the nested class
     * @throws ClassNotFoundException if there is none of this name
     */
    public Class<?> type() throws ClassNotFoundException {
        final int dot = name.lastIndexOf('.'); // every test is a nested class
        return Class.forName(name.substring(0, dot) + '$' + name.substring(dot + 1));
    }

    /**
     * What a run has shown.
     *
     * @param samples how often the actors met
     * @param forbidden the forbidden outcomes, each with how often it was seen and the sentence that describes it
     * @param errors why the run says nothing; empty if it says something
     */
    public record Seen(long samples, List<String> forbidden, List<String> errors) {
        /**
         * Whether there were samples, and all were as they may be.
         *
         * @return whether the test passed
         */
        public boolean passed() {
            return samples > 0 && forbidden.isEmpty() && errors.isEmpty();
        }

        /**
         * Whether the run went as planned, and saw what must not be.
         *
         * @return whether a twin is caught
         */
        public boolean caught() {
            return !forbidden.isEmpty() && errors.isEmpty();
        }
    }

    /**
     * Runs the test.
     *
     * @param timeMs for how long
     * @return what was seen
     */
    public Seen run(final int timeMs) {
        final TestInfo info = TestList.getInfo(name);
        final TestResult result;
        try {
            final Class<?> runner = Class.forName(info.generatedRunner());
            result = ((Runner<?>) runner.getConstructor(ForkedTestConfig.class).newInstance(config(info, timeMs))).run();
        } catch (final ReflectiveOperationException | IOException e) {
            throw new AssertionError(name, e);
        }
        final List<String> errors = result.status() == Status.NORMAL ? List.of()
            : List.of(result.status() + " " + String.join("; ", result.getMessages()));
        final List<String> forbidden = result.getStateKeys().stream()
            .filter(state -> caseOf(info, state).expect() == Expect.FORBIDDEN)
            .map(state -> state + " (" + result.getCount(state) + " times): " + caseOf(info, state).description()).toList();
        return new Seen(result.getTotalCount(), forbidden, errors);
    }

    /**
     * What it took to catch a twin.
     *
     * @param caught whether it was
     * @param runs how many runs there were
     * @param samples how often the actors met in all of them
     * @param errors why the last run says nothing; empty if it says something
     */
    public record Hunt(boolean caught, int runs, long samples, List<String> errors) {
    }

    /**
     * Runs the test until it sees a forbidden outcome. That is a matter of chance, so one run proves nothing against a twin.
     *
     * @param timeMs for how long at first; each run is longer by as much
     * @param limitMs for how long in all
     * @return whether it was caught
     */
    public Hunt hunt(final int timeMs, final int limitMs) {
        final long begin = System.nanoTime();
        long samples = 0;
        for (int runs = 1;; runs++) {
            final Seen seen = run(timeMs * Math.min(runs, MOST_TIMES_LONGER));
            samples += seen.samples();
            if (!seen.forbidden().isEmpty() || !seen.errors().isEmpty() || (System.nanoTime() - begin) / 1_000_000 >= limitMs) {
                return new Hunt(seen.caught(), runs, samples, seen.errors());
            }
        }
    }

    /**
     * As jcstress grades: the case that says it to the letter, else the first whose pattern fits, else the one for all
     * others.
     */
    private static StateCase caseOf(final TestInfo info, final String state) {
        return info.cases().stream().filter(c -> c.matchesExactly(state)).findFirst()
            .or(() -> info.cases().stream().filter(c -> c.matches(state)).findFirst()).orElse(info.unmatched());
    }

    /** The configuration that a forked JVM of jcstress gets through a pipe; there is no other way to make one. */
    private static ForkedTestConfig config(final TestInfo info, final int timeMs) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(SpinLoopStyle.THREAD_SPIN_WAIT.ordinal());
        out.writeInt(timeMs);
        out.writeInt(1); // iterations
        out.writeUTF(info.generatedRunner());
        out.writeInt(MOST_MEGABYTES);
        out.writeInt(SAMPLES_AT_ONCE);
        out.writeInt(TIMES);
        out.writeBoolean(false); // affinity
        out.writeInt(0);
        return new ForkedTestConfig(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
