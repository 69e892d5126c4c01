// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.util.List;

/** What a caller pays for arming, re-arming and cancelling, beside the limits and the peers. */
final class ArmCancelSuite implements Suite {
    static final String EXCHANGE = "getAndSet";
    static final String NANO_TIME = "nanoTime";
    static final String PAIR = "pair, relative";
    static final String PAIR_ABSOLUTE = "pair, absolute";
    static final String SHARED_PAIR = "pair on one timer, absolute";
    static final String DELAYED_PAIR = "delayed pair, relative";
    static final String LATER = "re-arm later, relative";
    static final String LATER_ABSOLUTE = "re-arm later, absolute";
    static final String SHARED_LATER = "re-arm later one timer, absolute";
    static final String EARLIER = "re-arm earlier, relative";
    static final String EARLIER_ABSOLUTE = "re-arm earlier, absolute";
    static final String FRESH = "arm of a fresh timer, relative";
    static final String CANCEL_ARMED = "cancel, armed";
    static final String CANCEL_IDLE = "cancel, idle";
    static final String LATENCY = "arm, sampled,";
    static final String LATENCY_999 = LATENCY + " p99.9";
    /** How many others are armed where only one number is measured. */
    static final int USUAL = 100_000;
    /** How many others are armed where latency is sampled, and where growth is counted from. */
    static final int FEW = 1_000;

    @Override
    public String id() {
        return "armcancel";
    }

    @Override
    public String title() {
        return "Arming, re-arming and cancelling, beside the peers";
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        return new ArmCancelTasks(plan).all();
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        return new ArmCancelGoals(rows).all();
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        return new ArmCancelCharts(rows).all();
    }

    @Override
    public List<String> notes() {
        return List.of(
            "One JVM after the other, with G1 and 4 GB of heap, 512 MB of it young (12 GB for ten million timers); one base, "
                + "that is, one thread that expires.",
            "Deadlines are one to two hours ahead, at random, those of the others and the new ones; fresh timers are armed about "
                + "20 ms ahead and fire. Each thread uses timers of its own, except where it says one timer.",
            "A pair is an arm and a cancel; a delayed pair cancels the timer armed 1 023 arms ago and arms it anew. Peers that "
                + "cannot re-arm cancel and arm. Relative ones read the clock, as every peer must; absolute ones do not.",
            "Processor time counts all threads of the JVM, the collector's too, the just-in-time compilers' not. For a fresh "
                + "timer processor time and bytes are those of its whole life, expiry included; where only cancelling is timed "
                + "they would count the arming, so they are left out.",
            "Each figure is the median of many short iterations. Leads over peers are made of best quartiles. What never waits, "
                + "which are the library's own calls and the limits, goes into ratios with the lowest of median, best "
                + "quartile and processor time of the callers, because other work on the machine can only make each of these "
                + "larger.",
            "Limits were measured before, between and after. The sampled arm includes the clock reads of the sampling, see its "
                + "floor.");
    }
}
