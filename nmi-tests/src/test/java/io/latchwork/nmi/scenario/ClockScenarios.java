// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.ManualClock;
import io.latchwork.async.internal.timer.ClockOffsets;
import io.latchwork.nmi.Scenario;
import java.util.List;

/** The clocks' offsets, and the manual clock: reads, steps and refreshes in one another. */
public final class ClockScenarios {

    private ClockScenarios() {
    }

    /** A clock and its offsets, which are 0 as sampled and 1 by now; they are equal at rest. */
    public static final class Rig {
        final ManualClock clock = new ManualClock(0, 0);
        final ClockOffsets offsets = new ClockOffsets(clock);
        final long[] pair = new long[2];

        Rig() {
            clock.suspend(1);
        }

        String refresh() {
            offsets.refresh();
            return "refreshed";
        }

        String suspendAndRefresh(final long ns) {
            clock.suspend(ns);
            return refresh();
        }

        /** The pair on an array of the caller's own, since a read may interrupt a read. */
        String read(final long[] into) {
            offsets.read(into);
            return into[ClockOffsets.REAL] + "/" + into[ClockOffsets.BOOT];
        }
    }

    /** A read interrupts a refresh. */
    public static class ReadInRefresh implements Scenario<Rig> {
        @Override
        public Rig fresh() {
            return new Rig();
        }

        @Override
        public Object interrupted(final Rig rig) {
            return rig.refresh();
        }

        @Override
        public Object nested(final Rig rig, final int index) {
            return rig.read(new long[2]);
        }

        @Override
        public Object observe(final Rig rig) {
            return rig.read(rig.pair);
        }
    }

    /** A refresh interrupts a read. */
    public static final class RefreshInRead extends ReadInRefresh {
        @Override
        public Object interrupted(final Rig rig) {
            return rig.read(new long[2]);
        }

        @Override
        public Object nested(final Rig rig, final int index) {
            return rig.suspendAndRefresh(index == 0 ? 10 : 100);
        }
    }

    /** A refresh interrupts a refresh: whoever samples last has seen both suspensions. */
    public static final class RefreshInRefresh extends ReadInRefresh {
        @Override
        public Object nested(final Rig rig, final int index) {
            return rig.suspendAndRefresh(index == 0 ? 10 : 100);
        }

        /** A thread that is stopped for good while it samples freezes both offsets, together. */
        @Override
        public boolean allow(final List<Object> outcome) {
            final Object seen = outcome.get(outcome.size() - 1);
            return outcome.get(0) == null && List.of("0/0", "1/1").contains(seen)
                && outcome.subList(1, outcome.size() - 1).stream().allMatch("refreshed"::equals);
        }
    }

    /** A refresh interrupts a refresh, and a read comes into the two of them. */
    public static final class ReadInTwoRefreshes extends ReadInRefresh {
        @Override
        public Object nested(final Rig rig, final int index) {
            return index == 0 ? rig.suspendAndRefresh(10) : rig.read(new long[2]);
        }

        /**
         * As the request is left with the interrupted call, the read may come before what was sampled for it; and the
         * suspension may have come between the two halves of the sample before.
         */
        @Override
        public boolean allow(final List<Object> outcome) {
            return outcome.get(0) != null && List.of("0/0", "1/1", "1/11").contains(outcome.get(2))
                && outcome.get(outcome.size() - 1).equals("11/11");
        }
    }

    /** Steps of the time and of the wall clock interrupt a reading of the wall clock. */
    public static final class StepInReading extends ReadInRefresh {
        @Override
        public Object interrupted(final Rig rig) {
            return rig.clock.epochNanos();
        }

        @Override
        public Object nested(final Rig rig, final int index) {
            rig.clock.advance(1);
            rig.clock.stepRealTime(index == 0 ? 10 : 100);
            return "stepped";
        }

        @Override
        public Object observe(final Rig rig) {
            return List.of(rig.clock.nanoTime(), rig.clock.epochNanos(), rig.clock.bootNanos());
        }
    }

    /** A step of the wall clock interrupts another one: none is lost. */
    public static final class StepInStep extends ReadInRefresh {
        @Override
        public Object interrupted(final Rig rig) {
            rig.clock.stepRealTime(1);
            return "stepped";
        }

        @Override
        public Object nested(final Rig rig, final int index) {
            rig.clock.stepRealTime(index == 0 ? 10 : 100);
            return "stepped";
        }

        @Override
        public Object observe(final Rig rig) {
            return rig.clock.epochNanos();
        }
    }
}
