// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param seconds how long to go on; at least one round is made
 * @param seed of the plan of calls
 * @param faults what is injected
 * @param threads how many clients
 * @param roundMs how long a round is, unless a log is full before
 * @param hangMs how long something may take before it counts as hanging
 * @param events how many events fit into the log of a thread
 */
record TortureOptions(long seconds, long seed, Set<Fault> faults, int threads, long roundMs, long hangMs, int events) {
    static final long DEFAULT_ROUND_MS = 2_000;
    static final long DEFAULT_HANG_MS = 30_000;
    static final int DEFAULT_EVENTS = 1 << 16;
    private static final int DEFAULT_THREADS = 4;
    private static final long DEFAULT_SECONDS = 30;

    /** Says what is wrong with a command line. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    long roundNs() {
        return roundMs * 1_000_000;
    }

    long hangNs() {
        return hangMs * 1_000_000;
    }

    static TortureOptions parse(String... args) throws UsageException {
        long seconds = DEFAULT_SECONDS;
        long seed = System.nanoTime();
        String faults = Fault.all();
        int threads = DEFAULT_THREADS;
        long roundMs = DEFAULT_ROUND_MS;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : null;
            switch (args[i]) {
                case "--seconds" -> seconds = number(args[i], value, 1, Long.MAX_VALUE / 1_000_000_000);
                case "--seed" -> seed = number(args[i], value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "--threads" -> threads = (int) number(args[i], value, 1, 256);
                case "--round-ms" -> roundMs = number(args[i], value, 1, 3_600_000);
                case "--faults" -> faults = value == null ? "" : value;
                default -> throw new UsageException("unknown argument '" + args[i]
                    + "'; known: --seconds N, --seed S, --faults LIST|none, --threads N, --round-ms N");
            }
        }
        try {
            return new TortureOptions(seconds, seed, Fault.parse(faults), threads, roundMs, DEFAULT_HANG_MS, DEFAULT_EVENTS);
        } catch (IllegalArgumentException unknown) {
            throw new UsageException("--faults: " + unknown.getMessage());
        }
    }

    private static long number(String name, String text, long least, long most) throws UsageException {
        try {
            long value = Long.parseLong(String.valueOf(text));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(name + ": '" + (text == null ? "" : text) + "' is not a number from " + least + " to " + most);
    }

    /** The command line that repeats it. */
    String repeat() {
        StringBuilder words = new StringBuilder();
        for (Fault fault : Fault.values()) {
            words.append(faults.contains(fault) ? (words.length() == 0 ? "" : ",") + fault.word() : "");
        }
        return "java -cp latchwork.jar " + Torture.class.getName() + " --seconds " + seconds + " --seed " + seed
            + " --threads " + threads + " --round-ms " + roundMs + " --faults " + (words.length() == 0 ? "none" : words);
    }
}
