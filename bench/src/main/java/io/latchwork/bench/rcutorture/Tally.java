// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** The numbers of a run. */
final class Tally {
    final LongAdder reads = new LongAdder();
    final LongAdder updates = new LongAdder();
    final LongAdder allocated = new LongAdder();
    final LongAdder freed = new LongAdder();
    final LongAdder poolEmpty = new LongAdder();
    final LongAdder spoiled = new LongAdder();
    final LongAdder orderChecks = new LongAdder();
    final LongAdder insideCookies = new LongAdder();
    final LongAdder outsideCookies = new LongAdder();
    final LongAdder interruptions = new LongAdder();
    final LongAdder barriers = new LongAdder();
    final LongAdder barrierErrors = new LongAdder();
    final LongAdder shortReaders = new LongAdder();
    final LongAdder deaths = new LongAdder();
    /** Levels that were open at those deaths. */
    final LongAdder deadLevels = new LongAdder();
    final LongAdder stalls = new LongAdder();
    final LongAdder floods = new LongAdder();
    final LongAdder floodCallbacks = new LongAdder();
    final LongAdder progressRounds = new LongAdder();
    final LongAdder pauses = new LongAdder();
    final LongAdder refused = new LongAdder();
    private final AtomicLongArray pipe = new AtomicLongArray(Item.OLD + 1);
    private final AtomicLongArray batch = new AtomicLongArray(Item.OLD + 1);
    private final AtomicLongArray kinds = new AtomicLongArray(UpdateKind.values().length);

    void age(final int age) {
        pipe.incrementAndGet(Math.min(age, Item.OLD));
    }

    void elapsed(final long gracePeriods) {
        batch.incrementAndGet((int) Math.min(gracePeriods, Item.OLD));
    }

    void used(final UpdateKind kind) {
        kinds.incrementAndGet(kind.ordinal());
    }

    /** What has not happened yet, although a run proves little without it. */
    List<String> missing(final boolean nobodyDies) {
        final List<String> missing = new ArrayList<>();
        need(missing, "reads", reads.sum(), 1000);
        need(missing, "updates", updates.sum(), 3 * Item.OLD);
        need(missing, "items freed", freed.sum(), Item.OLD);
        need(missing, "order checks", orderChecks.sum(), 1);
        need(missing, "cookies made in sections", insideCookies.sum(), 1);
        need(missing, "cookies around waits", outsideCookies.sum(), 1);
        need(missing, "interrupted calls", interruptions.sum(), 1);
        need(missing, "barriers", barriers.sum(), 1);
        need(missing, "short-lived readers", shortReaders.sum(), 1);
        need(missing, "dead readers", deaths.sum(), nobodyDies ? 0 : 1);
        need(missing, "stalls", stalls.sum(), 1);
        need(missing, "floods", floods.sum(), 1);
        need(missing, "progress rounds", progressRounds.sum(), 1);
        need(missing, "pauses", pauses.sum(), 1);
        for (final UpdateKind kind : UpdateKind.values()) {
            need(missing, "updates by " + kind, kinds.get(kind.ordinal()), 1);
        }
        return missing;
    }

    private static void need(final List<String> missing, final String what, final long have, final long least) {
        if (have < least) {
            missing.add(what);
        }
    }

    /** One line of what happened so far. */
    String line() {
        return String.format(Locale.ROOT, "ver %d tfle %d rta %d rtf %d reads %d rtmbe %d order %d cookies %d/%d irq %d "
                + "barrier %d:%d read-exits %d deaths %d stalls %d floods %d(%d) progress %d refused %d pauses %d",
            updates.sum(), poolEmpty.sum(), allocated.sum(), freed.sum(), reads.sum(), spoiled.sum(), orderChecks.sum(),
            insideCookies.sum(), outsideCookies.sum(), interruptions.sum(), barriers.sum(), barrierErrors.sum(),
            shortReaders.sum(), deaths.sum(), stalls.sum(), floods.sum(), floodCallbacks.sum(), progressRounds.sum(),
            refused.sum(), pauses.sum());
    }

    /** The histograms. */
    List<String> histograms(final int[] circulation) {
        final StringBuilder used = new StringBuilder("Updates:");
        for (final UpdateKind kind : UpdateKind.values()) {
            used.append(' ').append(kind).append(' ').append(kinds.get(kind.ordinal()));
        }
        return List.of("Reader Pipe: " + pipe, "Reader Batch: " + batch,
            "Free-Block Circulation: " + Arrays.toString(circulation), used.toString());
    }
}
