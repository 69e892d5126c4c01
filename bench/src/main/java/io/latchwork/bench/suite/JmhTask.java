// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * One JMH benchmark with its parameters: nanoseconds, processor time and bytes for an operation. The methods that say what it is
 * return the task itself; call them before it is run.
 */
public final class JmhTask implements Task {
    private static final Pattern EXCEPTION = Pattern.compile("[\\w.$]+(Exception|Error)\\b.*");
    /** Of JMH, which else refuses to measure beside another measurement; that shows in the load, and in the figures. */
    private static final String IGNORE_LOCK = "jmh.ignoreLock";
    private static final int FIRST_JDK_WITH_UNSAFE_WARNING = 24;
    private static final double HALF = 0.5;
    private static final double PERCENT = 100;
    private static final Map<String, Double> PERCENTILES = percentiles();

    private final String benchmark;
    private final Map<String, String> params = new LinkedHashMap<>();
    private final List<String> flags = new ArrayList<>();
    private String what;
    private String peer = Row.MACHINE;
    private int pending = -1;
    private int threads = 1;
    private boolean isSampled;
    private boolean isClientOnly;
    private boolean needsJdk25;
    private Effort effort;

    private JmhTask(final Class<?> benchmarks, final String method) {
        if (Arrays.stream(benchmarks.getMethods()).noneMatch(one -> one.getName().equals(method))) {
            throw new IllegalArgumentException("no method " + method + " in " + benchmarks);
        }
        this.benchmark = benchmarks.getName() + "." + method;
        this.what = method;
    }

    private static Map<String, Double> percentiles() {
        final Map<String, Double> named = new LinkedHashMap<>();
        named.put("p50", 50.0);
        named.put("p99", 99.0);
        named.put("p99.9", 99.9);
        return named;
    }

    /**
     * A benchmark on one thread, with a row for the peer {@link Row#MACHINE}.
     *
     * @param benchmarks the class
     * @param method the method with the {@code @Benchmark} annotation
     * @return a task
     */
    public static JmhTask of(final Class<?> benchmarks, final String method) {
        return new JmhTask(benchmarks, method);
    }

    /**
     * What tables call the operation; default is the method.
     *
     * @param name the name
     * @return this
     */
    public JmhTask what(final String name) {
        what = name;
        return this;
    }

    /**
     * The peer of the row, which is not a parameter of the benchmark.
     *
     * @param name the peer
     * @return this
     */
    public JmhTask peer(final String name) {
        peer = name;
        return this;
    }

    /**
     * The peer of the row, which is a parameter of the benchmark, too.
     *
     * @param param the parameter
     * @param name its value
     * @return this
     */
    public JmhTask peer(final String param, final String name) {
        return param(param, name).peer(name);
    }

    /**
     * How many other timers are armed: the parameter {@code pending}.
     *
     * @param others the number
     * @return this
     */
    public JmhTask pending(final int others) {
        pending = others;
        return param("pending", String.valueOf(others));
    }

    /**
     * A parameter of the benchmark.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public JmhTask param(final String name, final String value) {
        params.put(name, value);
        return this;
    }

    /**
     * How many threads call at once; default 1.
     *
     * @param count the number
     * @return this
     */
    public JmhTask threads(final int count) {
        threads = count;
        return this;
    }

    /**
     * Flags of the JVM; they come after those of the benchmark's annotations.
     *
     * @param more flags
     * @return this
     */
    public JmhTask flags(final String... more) {
        flags.addAll(List.of(more));
        return this;
    }

    /**
     * Measures on a JDK 25 or later; without one the task is unavailable.
     *
     * @return this
     */
    public JmhTask jdk25() {
        needsJdk25 = true;
        return this;
    }

    /**
     * Times single calls now and then, in place of all together: a row for each of the percentiles 50, 99 and 99.9, in
     * nanoseconds, which include a read of the clock.
     *
     * @return this
     */
    public JmhTask sampled() {
        isSampled = true;
        return this;
    }

    /**
     * Leaves out processor time and bytes, where they would count what is not timed.
     *
     * @return this
     */
    public JmhTask clientOnly() {
        isClientOnly = true;
        return this;
    }

    /**
     * Measures for another time than the run asks for.
     *
     * @param other how long
     * @return this
     */
    public JmhTask effort(final Effort other) {
        effort = other;
        return this;
    }

    @Override
    public String label() {
        return what + " " + peer + (pending < 0 ? "" : ", " + pending + " pending") + (threads == 1 ? "" : ", " + threads
            + " threads");
    }

    @Override
    public List<Row> run(final Tools tools) throws Unavailable, RunnerException {
        final Path java = needsJdk25 ? tools.java25() : Tools.java();
        System.setProperty(IGNORE_LOCK, "true");
        final ByteArrayOutputStream log = new ByteArrayOutputStream();
        final OutputFormat format = OutputFormatFactory.createFormatInstance(
            new PrintStream(log, true, StandardCharsets.UTF_8), VerboseMode.NORMAL);
        try {
            final RunResult result =
                new Runner(options(effort == null ? tools.effort() : effort, java).build(), format).runSingle();
            return isSampled ? percentiles(result) : List.of(row(result));
        } catch (RunnerException e) {
            throw new RunnerException(reason(log.toString(StandardCharsets.UTF_8), e.getMessage()), e);
        }
    }

    /** The first exception that a benchmark printed, or, if it is none of them, what JMH says. */
    static String reason(final String log, final String otherwise) {
        return log.lines().map(String::strip).filter(line -> EXCEPTION.matcher(line).matches()).findFirst().orElse(otherwise);
    }

    private ChainedOptionsBuilder options(final Effort time, final Path java) {
        final ChainedOptionsBuilder options = new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark) + "$")
            .mode(isSampled ? Mode.SampleTime : Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS)
            .threads(threads).forks(time.forks())
            .warmupIterations(time.warmups()).warmupTime(TimeValue.milliseconds(time.millis()))
            .measurementIterations(time.iterations()).measurementTime(TimeValue.milliseconds(time.millis()))
            .jvm(java.toString()).jvmArgsAppend(jvmFlags())
            .addProfiler(TotalsProfiler.class).shouldFailOnError(true);
        params.forEach(options::param);
        return options;
    }

    private String[] jvmFlags() {
        final List<String> all = new ArrayList<>(flags);
        if (needsJdk25 || Runtime.version().feature() >= FIRST_JDK_WITH_UNSAFE_WARNING) {
            all.add("--sun-misc-unsafe-memory-access=allow");
        }
        return all.toArray(new String[0]);
    }

    private Row row(final RunResult result) {
        final List<Double> samples = new ArrayList<>();
        for (final BenchmarkResult fork : result.getBenchmarkResults()) {
            for (final IterationResult iteration : fork.getIterationResults()) {
                samples.add(iteration.getPrimaryResult().getScore());
            }
        }
        return new Row(what, peer, pending, threads, Figures.quantile(samples, HALF), Row.NS,
            secondary(result, TotalsProfiler.PROCESSOR), secondary(result, TotalsProfiler.CALLERS),
            secondary(result, TotalsProfiler.BYTES), List.copyOf(samples));
    }

    private List<Row> percentiles(final RunResult result) {
        final Statistics statistics = result.getPrimaryResult().getStatistics();
        return PERCENTILES.entrySet().stream().map(percentile -> new Row(what + " " + percentile.getKey(), peer, pending, threads,
            statistics.getPercentile(percentile.getValue()), Row.NS, secondary(result, TotalsProfiler.PROCESSOR),
            secondary(result, TotalsProfiler.BYTES), List.of())).toList();
    }

    /** The median of a profiler's figures. */
    private double secondary(final RunResult result, final String name) {
        final Result<?> found = result.getSecondaryResults().get(name);
        return found == null || isClientOnly ? Double.NaN : found.getStatistics().getPercentile(HALF * PERCENT);
    }
}
