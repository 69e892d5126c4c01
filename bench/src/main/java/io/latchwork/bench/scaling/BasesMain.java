// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.scaling;

import com.sun.management.OperatingSystemMXBean;
import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Prints how long bases take for an expiry when more timers become due at once than they can deal with. */
public final class BasesMain {
    /** The quantity; the number of bases is in the place of threads. */
    public static final String WHAT = "expiry";

    private static final int ROUNDS = 7;
    private static final int WARMUPS = 2;
    private static final int TRIES = 10;
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long AHEAD_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long COLD_ARM_NS = 5_000;

    private final AsyncRuntime runtime;
    private final LongAdder expired = new LongAdder();
    private final List<BpfTimer<Integer, LongAdder>> timers = new ArrayList<>();
    private final Random random = new Random(1);
    private long armingNs; // the last round's; a guess at first

    private BasesMain(final AsyncRuntime runtime, final int count) {
        this.runtime = runtime;
        final BpfProg prog = runtime.loadProgram("bases", () -> { });
        final BpfArrayMap<LongAdder> map = runtime.arrayMap("timers", count);
        for (int i = 0; i < count; i++) {
            final MapElement<Integer, LongAdder> element = map.handle();
            map.updateAt(i, expired).orThrow();
            map.lookupAt(i, element).orThrow();
            element.timer().init(map, ClockId.MONOTONIC).orThrow();
            element.timer().setCallback(prog, (from, key, value) -> value.increment()).orThrow();
            timers.add(element.timer());
        }
        armingNs = count * COLD_ARM_NS;
    }

    /**
     * Measures.
     *
     * @param args how many bases, and how many timers
     */
    public static void main(final String[] args) {
        System.out.println(RowLine.of(measure(Integer.parseInt(args[0]), Integer.parseInt(args[1]), ROUNDS)));
    }

    /** The median of all rounds but the first. */
    static Row measure(final int bases, final int count, final int rounds) {
        try (AsyncRuntime runtime = AsyncRuntime.builder().bases(bases).launch()) {
            final BasesMain main = new BasesMain(runtime, count);
            final List<Row> rows = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                rows.add(main.round(bases));
            }
            final List<Row> warm = rows.subList(Math.min(WARMUPS, rounds - 1), rounds).stream()
                .sorted((a, b) -> Double.compare(a.value(), b.value())).toList();
            return warm.get(warm.size() / 2);
        }
    }

    private Row round(final int bases) {
        for (int i = 0; i < TRIES; i++) {
            final Row row = attempt(bases);
            if (row != null) {
                return row;
            }
        }
        throw new IllegalStateException("arming takes too long: " + armingNs + " ns");
    }

    /** Null if timers became due before all were armed. */
    private Row attempt(final int bases) {
        final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        expired.reset();
        final long begin = runtime.clock().nanoTime();
        final long due = begin + AHEAD_NS + 2 * armingNs;
        for (final BpfTimer<Integer, LongAdder> timer : timers) {
            timer.start(due + (long) (random.nextDouble() * WINDOW_NS), BpfTimer.TIMER_ABS).orThrow();
        }
        armingNs = runtime.clock().nanoTime() - begin;
        final boolean inTime = begin + armingNs < due;
        LockSupport.parkNanos(due - runtime.clock().nanoTime());
        final long cpu = system.getProcessCpuTime();
        while (expired.sum() < timers.size()) {
            LockSupport.parkNanos(POLL_NS);
        }
        final double count = timers.size();
        final double each = (runtime.clock().nanoTime() - due) / count;
        return !inTime ? null : new Row(WHAT, "lockfree", timers.size(), bases, each, Row.NS,
            (system.getProcessCpuTime() - cpu) / count, Double.NaN, List.of());
    }
}
