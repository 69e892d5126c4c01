// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What the threads of one run share. */
final class Run {
    final Knobs knobs;
    final Scenario scenario;
    final Flavour flavour;
    final StallReports stalls;
    final Failures failures;
    final Tally tally = new Tally();
    final Stutter stutter = new Stutter();
    final Pipeline pipeline;
    /** How often each reader went round. */
    final AtomicLongArray loops;
    /** Checks that a reader is to repeat in its next round. */
    final AtomicReferenceArray<OrderCheck> handedOver;
    private final SplittableRandom seeds;
    private volatile boolean stopping;

    Run(final Knobs knobs, final FlavourKind kind, final Scenario scenario, final Failures failures) {
        this.knobs = knobs;
        this.scenario = scenario;
        this.failures = failures;
        stalls = new StallReports();
        flavour = kind.make(new Setup(scenario, kind == FlavourKind.ASYMMETRIC,
            knobs.stallMs * 1_000_000L, Math.max(1, knobs.flood / 2), stalls,
            (head, error) -> threw("a callback", error)));
        pipeline = new Pipeline(flavour, tally);
        loops = new AtomicLongArray(knobs.allReaders());
        handedOver = new AtomicReferenceArray<>(knobs.allReaders());
        seeds = new SplittableRandom(knobs.seed + scenario.ordinal());
    }

    /** A source of its own for each thread; called by one thread, in an order that is always the same. */
    SplittableRandom newRandom() {
        return seeds.split();
    }

    boolean isStopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
    }

    /** Any thread; the run ends, unless it was asked to go on. */
    void fail(final String why) {
        failures.add(why);
        if (!knobs.keepGoing) {
            stopping = true;
        }
    }

    /** Anything thrown where nothing should be. */
    void threw(final String who, final Throwable thrown) {
        if (failures.count() == 0 || !stopping) { // else the domain was closed under it
            fail(who + " threw " + Failures.describe(thrown));
        }
    }

    /** A task whose errors count, for a thread that is no {@link Worker}. */
    Runnable guarded(final String who, final Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (final Throwable thrown) {
                threw(who, thrown);
            }
        };
    }

    /** Nanoseconds that nothing may take, however busy the machine. */
    long hangNs() {
        return knobs.hangSeconds * 1_000_000_000L;
    }
}
