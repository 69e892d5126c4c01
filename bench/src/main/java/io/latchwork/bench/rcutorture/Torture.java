// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.bench.stress.CheckerLines;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One flavour in one scenario, from the first thread to the verdict. */
final class Torture {
    private static final long TICK_MS = 20;
    private static final long LINE_NS = 1_000_000_000L;

    private final Knobs knobs;
    private final FlavourKind kind;
    private final Scenario scenario;
    private final double seconds;
    private final boolean mustFail;
    private final PrintStream out;
    private final Failures failures;
    private final String name;
    private final List<Worker> workers = new ArrayList<>();
    private Run run;
    private Writer writer;

    /** @param mustFail whether that is what is hoped for */
    Torture(final Knobs knobs, final FlavourKind kind, final Scenario scenario, final double seconds, final boolean mustFail,
            final PrintStream out) {
        this.kind = kind;
        this.mustFail = mustFail;
        this.knobs = knobs;
        this.scenario = scenario;
        this.seconds = seconds;
        this.out = out;
        failures = new Failures(out, mustFail);
        name = "rcutorture-" + kind.label() + "-" + scenario.label();
    }

    /**
     * Runs it.
     *
     * @param doneBefore seconds of the runs before this one, for the progress line
     * @return whether it did what it was hoped to do
     */
    boolean run(final double doneBefore) throws InterruptedException {
        final long began = System.nanoTime();
        run = new Run(knobs, kind, scenario, failures);
        hire();
        workers.forEach(Worker::start);
        watch(began, doneBefore);
        end();
        final boolean failed = failures.count() != 0;
        out.println(line(began));
        run.tally.histograms(run.pipeline.circulation()).forEach(text -> out.println("  " + text));
        out.println("  End of " + name + ": " + (failed ? "FAILURE" : "SUCCESS"));
        CheckerLines.result(out, name, failed == mustFail, (System.nanoTime() - began) / 1e9, detail(failed));
        return failed == mustFail;
    }

    private String detail(final boolean failed) {
        if (failed) {
            return (mustFail ? "caught: " : failures.count() + " failures, first: ") + failures.first();
        }
        return (mustFail ? "not caught in " : "") + run.tally.updates.sum() + " updates, " + run.tally.reads.sum() + " reads, "
            + run.flavour.gracePeriods() + " grace periods";
    }

    private void hire() {
        for (int i = 0; i < knobs.allReaders(); i++) {
            workers.add(new Reader(run, i, i >= knobs.readers));
        }
        writer = new Writer(run);
        workers.add(writer);
        for (int i = 0; i < knobs.fakeWriters; i++) {
            workers.add(new FakeWriter(run, i));
        }
        workers.add(new ShortReaders(run));
        workers.add(new DyingReaders(run));
        workers.add(new StallCheck(run));
        workers.add(new BarrierCheck(run));
        workers.add(new Flood(run));
        workers.add(new ForwardProgress(run));
    }

    /** Until the time is up and everything has happened, or something went wrong. */
    private void watch(final long began, final double doneBefore) throws InterruptedException {
        final long length = (long) (seconds * 1e9);
        long nextLine = began + LINE_NS;
        long nextPause = began + Math.min(knobs.stutterMs * 1_000_000L, length / 2);
        long lastProgress = -1;
        long lastProgressAt = began;
        while (!run.isStopping()) {
            Thread.sleep(TICK_MS);
            final long now = System.nanoTime();
            if (now - began > length && run.tally.missing(scenario == Scenario.COUNTED).isEmpty()) {
                run.stop();
            } else if (now - began > length + run.hangNs()) {
                run.fail("proves nothing: " + run.tally.missing(scenario == Scenario.COUNTED) + " did not happen");
            }
            if (now - nextPause > 0) {
                final boolean pause = !run.stutter.isPaused();
                if (pause || writer.state().equals("PAUSED")) {
                    run.stutter.pause(pause);
                    nextPause = now + knobs.stutterMs * 1_000_000L / (pause ? 4 : 1);
                }
            }
            if (writer.progress() != lastProgress || writer.state().equals("PAUSED")) {
                lastProgress = writer.progress();
                lastProgressAt = now;
            } else if (now - lastProgressAt > run.hangNs()) {
                run.fail("writer stall in " + writer.state() + ": " + Failures.describe(writer.thread()));
                lastProgressAt = now;
            }
            if (now - nextLine > 0) {
                nextLine += LINE_NS;
                final double done = Math.min(doneBefore + (now - began) / 1e9, knobs.seconds);
                CheckerLines.progress(out, (long) done, (long) Math.ceil(knobs.seconds), name);
                out.println(line(began));
            }
        }
        run.stutter.pause(false);
    }

    private String line(final long began) {
        return String.format(Locale.ROOT, "  %s%s %.0f s %s: %s reports %d gps %d backlog %d",
            failures.count() == 0 ? "" : "!!! ", name, (System.nanoTime() - began) / 1e9, writer.state(), run.tally.line(),
            run.stalls.all(), run.flavour.gracePeriods(), run.flavour.backlog());
    }

    private void end() throws InterruptedException {
        final boolean failed = failures.count() != 0;
        final long limitNs = failed ? TimeUnit.SECONDS.toNanos(1) : run.hangNs();
        final long until = System.nanoTime() + limitNs;
        for (final Worker worker : workers) {
            join(worker, until, failed);
        }
        final Thread last = Threads.make(false, "torture-end", failed ? run.flavour::close : this::settle);
        last.start();
        last.join(TimeUnit.NANOSECONDS.toMillis(limitNs));
        if (last.isAlive() && !failed) {
            run.fail("the end hangs: " + Failures.describe(last));
        }
    }

    private void join(final Worker worker, final long until, final boolean failed) throws InterruptedException {
        final Thread thread = worker.thread();
        if (failed) {
            thread.interrupt();
        }
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        if (thread.isAlive() && !failed) {
            run.fail(worker.name() + " does not end: " + Failures.describe(thread));
            thread.interrupt();
        }
    }

    /** After the last thread: everything must have come home and been counted. */
    private void settle() {
        try {
            writer.bringHome();
            run.flavour.synchronize();
            final long released = run.flavour.autoReleased();
            if (released < run.tally.deaths.sum() || released > run.tally.deadLevels.sum()) {
                run.fail(run.tally.deaths.sum() + " readers died inside, with " + run.tally.deadLevels.sum()
                    + " levels open, and " + released + " sections were ended for them");
            }
            run.flavour.barrier();
            if (run.flavour.backlog() != 0) {
                run.fail(run.flavour.backlog() + " callbacks are left");
            }
            run.flavour.close();
        } catch (final InterruptedException e) {
            run.fail("the end was interrupted");
        } catch (final RuntimeException e) {
            run.fail("the end threw " + Failures.describe(e));
        }
    }
}
