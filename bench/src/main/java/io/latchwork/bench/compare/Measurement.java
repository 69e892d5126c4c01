// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures variants in turns, A B C A B C, in one process, so that whatever slows the machine for a while slows all of
 * them. Before the measured rounds come rounds that only warm the compiler up, also in turns, so that all variants meet
 * code that was compiled knowing all of them.
 */
final class Measurement {
    private static final int WARM_UP_ROUNDS = 3;
    private static final long MS_PER_SECOND = 1000;
    private static final long ROUND_MS = 500;

    private final Traffic traffic;
    private final Timeouts timeouts;
    private final Deal deal;
    private final List<Variant> variants;
    private final int rounds;
    private final int burst;

    Measurement(Traffic traffic, Timeouts timeouts, int threads, int burst, int seconds,
            Collection<Variant> variants) {
        this.traffic = traffic;
        this.timeouts = timeouts;
        this.deal = new Deal(traffic, threads, timeouts);
        this.burst = burst;
        this.variants = new ArrayList<>(variants);
        this.rounds = (int) (seconds * MS_PER_SECOND / ROUND_MS);
    }

    /** How many steps {@link #run} reports. */
    int steps() {
        return (WARM_UP_ROUNDS + rounds) * variants.size();
    }

    int rounds() {
        return rounds;
    }

    int burst() {
        return burst;
    }

    long roundMs() {
        return ROUND_MS;
    }

    Deal deal() {
        return deal;
    }

    /** Runs all rounds; the consumer is told of each that begins. */
    Map<Variant, Tally> run(Consumer<String> progress) throws InterruptedException {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            for (Variant variant : variants) {
                progress.accept("warm-up " + variant.label());
                round(variant, new Tally());
            }
        }
        Map<Variant, Tally> tallies = new EnumMap<>(Variant.class);
        for (int i = 0; i < rounds; i++) {
            for (Variant variant : variants) {
                progress.accept("measure " + variant.label());
                round(variant, tallies.computeIfAbsent(variant, key -> new Tally()));
            }
        }
        return tallies;
    }

    private void round(Variant variant, Tally tally) throws InterruptedException {
        new Round(variant, traffic, timeouts, deal, burst).run(ROUND_MS, tally);
    }
}
