// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is done to a runtime on purpose. */
enum Fault {
    /** Queues that refuse: an executor that rejects works, and calls on a runtime that is closed. */
    REFUSE,
    /** Small maps, quotas and a small cap, so that elements and blocks run out. */
    EXHAUST,
    /** Callbacks that throw. */
    THROW,
    /** Callbacks that take their time. */
    STALL,
    /** The thread that runs an agent is interrupted and stopped, and another one takes over. */
    KILL,
    /** The wall clock steps, and the machine is suspended. */
    CLOCK,
    /** A thread is stopped for long in the middle of a call. */
    SUSPEND,
    /** Garbage, and full collections. */
    GC,
    /** The runtime is closed while everybody is at work. */
    CLOSE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a list of names, or "none".
     *
     * @throws IllegalArgumentException for an unknown one
     */
    static Set<Fault> parse(String list) {
        Set<Fault> set = EnumSet.noneOf(Fault.class);
        if (!"none".equals(list)) {
            for (String word : list.split(",", -1)) {
                set.add(of(word));
            }
        }
        return set;
    }

    private static Fault of(String word) {
        for (Fault fault : values()) {
            if (fault.word().equals(word)) {
                return fault;
            }
        }
        throw new IllegalArgumentException("unknown fault '" + word + "'; known: " + all() + ", none");
    }

    static String all() {
        StringBuilder words = new StringBuilder();
        for (Fault fault : values()) {
            words.append(words.length() == 0 ? "" : ",").append(fault.word());
        }
        return words.toString();
    }
}
