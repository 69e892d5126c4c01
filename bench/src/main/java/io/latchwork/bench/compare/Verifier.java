// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.ManualClock;
import io.latchwork.bench.capture.FlowKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.Agent;

/**
 * Drives a flow table by the time stamps of the packets, on a manual clock and one thread, and counts how its expiries
 * differ from those of the {@link ReferenceModel}.
 *
 * <p>Before each packet the clock is stepped through every deadline up to the packet's time, so each expiry is noted
 * with the clock at its deadline.
 */
final class Verifier {
    /** How many rounds of work may pass at one time of the clock before the runtime is declared stuck. */
    private static final int MAX_ROUNDS = 1_000_000;

    /** Makes the table under test on a runtime. */
    @FunctionalInterface
    interface TableMaker {
        FlowTable make(AsyncRuntime runtime, FlowKey[] keys, Timeouts timeouts, FlowTable.ExpirySink sink);
    }

    private final ManualClock clock = new ManualClock();
    private final List<Expiry> seen = new ArrayList<>();
    private final Traffic traffic;
    private final AsyncRuntime runtime;

    private Verifier(Traffic traffic, Function<AsyncClock, AsyncRuntime> runtimes) {
        this.traffic = traffic;
        this.runtime = runtimes.apply(clock);
    }

    /** Differences of the flow table on a runtime; 0 when it does exactly what the model does. */
    static long differences(Traffic traffic, Timeouts timeouts, Function<AsyncClock, AsyncRuntime> runtimes) {
        return differences(traffic, timeouts, runtimes, RuntimeFlowTable::new);
    }

    /** Differences of any flow table on a runtime. */
    static long differences(Traffic traffic, Timeouts timeouts, Function<AsyncClock, AsyncRuntime> runtimes,
            TableMaker maker) {
        List<Expiry> seen = new Verifier(traffic, runtimes).replay(timeouts, maker);
        return count(seen, ReferenceModel.expiries(traffic, timeouts));
    }

    private List<Expiry> replay(Timeouts timeouts, TableMaker maker) {
        try (FlowTable table = maker.make(runtime, traffic.keys(), timeouts,
                flow -> seen.add(new Expiry(clock.nanoTime(), traffic.key(flow))))) {
            FlowTable.Session session = table.session();
            for (int i = 0; i < traffic.size(); i++) {
                stepTo(traffic.timeNs(i));
                int packet = traffic.packet(i);
                session.packet(Traffic.flow(packet), Traffic.closes(packet), traffic.timeNs(i));
            }
            long last = traffic.timeNs(traffic.size() - 1);
            stepTo(last + 2 * timeouts.idleNs());
        }
        return seen;
    }

    private void stepTo(long time) {
        settle();
        long next = runtime.nextDeadlineNs();
        for (int rounds = 0; next <= time; rounds++) {
            if (rounds == MAX_ROUNDS) {
                throw new IllegalStateException("no progress at " + clock.nanoTime() + " ns, next deadline " + next);
            }
            if (next > clock.nanoTime()) {
                clock.set(next);
                rounds = 0;
            }
            settle();
            next = runtime.nextDeadlineNs();
        }
        clock.set(time);
        settle();
    }

    /** Runs the agents until none has anything left to do. */
    private void settle() {
        boolean worked = true;
        for (int rounds = 0; worked; rounds++) {
            if (rounds == MAX_ROUNDS) {
                throw new IllegalStateException("the agents are never done at " + clock.nanoTime() + " ns");
            }
            worked = false;
            for (Agent agent : runtime.agents()) {
                worked |= work(agent) > 0;
            }
        }
    }

    private static int work(Agent agent) {
        try {
            return agent.doWork();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(agent.roleName() + " failed", e);
        }
    }

    /**
     * How two lists of expiries differ: what is in one of them only, counted as often as it is, plus how often the time
     * goes back in what was seen.
     */
    static long count(List<Expiry> seen, List<Expiry> expected) {
        long differences = 0;
        for (int i = 1; i < seen.size(); i++) {
            if (seen.get(i).timeNs() < seen.get(i - 1).timeNs()) {
                differences++;
            }
        }
        List<Expiry> mine = sorted(seen);
        List<Expiry> theirs = sorted(expected);
        int i = 0;
        int j = 0;
        while (i < mine.size() && j < theirs.size()) {
            int order = mine.get(i).compareTo(theirs.get(j));
            if (order != 0) {
                differences++;
            }
            if (order <= 0) {
                i++;
            }
            if (order >= 0) {
                j++;
            }
        }
        return differences + mine.size() - i + theirs.size() - j;
    }

    private static List<Expiry> sorted(List<Expiry> list) {
        List<Expiry> copy = new ArrayList<>(list);
        Collections.sort(copy);
        return copy;
    }
}
