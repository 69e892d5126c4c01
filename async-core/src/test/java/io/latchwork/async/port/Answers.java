// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Counts the answers of calls, and keeps those that the port does not allow. Any thread, any context. */
final class Answers {
    private static final int KEPT = 20;

    private final Map<String, LongAdder[]> counts = new ConcurrentHashMap<>();
    private final List<String> unexpected = new CopyOnWriteArrayList<>();
    private final Map<String, Set<Status>> allowed = new ConcurrentHashMap<>();

    /** Says what a call may answer. */
    Answers allow(String call, Status first, Status... others) {
        allowed.put(call, EnumSet.of(first, others));
        LongAdder[] adders = new LongAdder[Status.values().length];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
        counts.put(call, adders);
        return this;
    }

    /** Takes an answer and hands it on. */
    Status of(String call, Status answer) {
        counts.get(call)[answer.ordinal()].increment();
        if (!allowed.get(call).contains(answer) && unexpected.size() < KEPT) {
            unexpected.add(call + " answered " + answer + ", not one of " + allowed.get(call));
        }
        return answer;
    }

    long count(String call, Status answer) {
        return counts.get(call)[answer.ordinal()].sum();
    }

    /** How often a call was made. */
    long made(String call) {
        long made = 0;
        for (LongAdder each : counts.get(call)) {
            made += each.sum();
        }
        return made;
    }

    /** How often a call came to an outcome, not a refusal. */
    long done(String call) {
        long done = 0;
        for (Status status : Status.values()) {
            done += status.isRefusal() ? 0 : count(call, status);
        }
        return done;
    }

    /** Fails if an answer was not allowed. */
    void check() {
        assertEquals(List.of(), unexpected);
    }

    @Override
    public String toString() {
        Map<String, Map<Status, Long>> all = new TreeMap<>();
        counts.forEach((call, adders) -> {
            Map<Status, Long> some = new EnumMap<>(Status.class);
            for (Status status : Status.values()) {
                if (adders[status.ordinal()].sum() > 0) {
                    some.put(status, adders[status.ordinal()].sum());
                }
            }
            all.put(call, some);
        });
        return all.toString();
    }
}
