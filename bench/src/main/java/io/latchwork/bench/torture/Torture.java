// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.bench.stress.VirtualThreads;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Rounds of everything at once, with faults, for as long as is asked for; the exit code is 0 if nothing was wrong, 1 if something
 * was, 2 if the command line was.
 *
 * <pre>
 * java -cp latchwork.jar io.latchwork.bench.torture.Torture
 *     [--seconds N] [--seed S] [--faults LIST|none] [--threads N] [--round-ms N]
 * </pre>
 */
public final class Torture {
    private static final int ENOUGH_ROUNDS = 12;
    private static final int ENOUGH_SECONDS = 20;
    private static final long CHECK_MS = 20;

    private final TortureOptions options;
    private final Api api;
    private final PrintStream out;
    private final Faults faults;
    private final LogMemory memory;
    private final Tally tally = new Tally();
    private final List<Violation> violations = new ArrayList<>();
    private final long begin = System.nanoTime();
    private int rounds;

    Torture(TortureOptions options, Api api, PrintStream out) {
        this.options = options;
        this.api = api;
        this.out = out;
        this.faults = new Faults(options.faults());
        this.memory = new LogMemory(options.events());
    }

    /**
     * Runs the command and exits.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(run(System.out, args));
    }

    /**
     * Runs the command.
     *
     * @param out where the report goes
     * @param args the command line
     * @return the exit code
     */
    public static int run(PrintStream out, String... args) {
        try {
            return new Torture(TortureOptions.parse(args), new Api(), out).soak().isEmpty() ? 0 : 1;
        } catch (TortureOptions.UsageException e) {
            out.println("torture: " + e.getMessage());
            return 2;
        }
    }

    /** Makes rounds until the time is over or something is wrong. */
    List<Violation> soak() {
        out.println("seed " + options.seed() + "; to repeat the plan of calls: " + options.repeat());
        if (!VirtualThreads.exist()) {
            out.println("virtual threads: skipped, this JDK has none");
        }
        do {
            RoundPlan plan = RoundPlan.of(rounds, options.seed(), options.faults());
            out.println(plan);
            play(plan);
            rounds++;
            out.println("@progress " + Math.min(options.seconds(), elapsedSeconds()) + " " + options.seconds() + " seconds, "
                + rounds + " rounds");
        } while (violations.isEmpty() && elapsedSeconds() < options.seconds());
        somethingHappened();
        report();
        return violations;
    }

    private long elapsedSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    }

    /** A round runs on a thread of its own, so that one that hangs is told and left behind. */
    private void play(RoundPlan plan) {
        Round round = new Round(plan, options, faults, memory, api);
        Thread control = Threads.start("control", false, () -> {
            try {
                round.run();
            } catch (Throwable thrown) {
                round.caught(thrown);
            }
        });
        while (control.isAlive()) {
            try {
                control.join(CHECK_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                violations.add(Violation.of(Invariant.I6, "interrupted"));
                return;
            }
            List<Violation> stuck = control.isAlive() ? round.stuck() : List.of();
            if (!stuck.isEmpty()) {
                violations.addAll(stuck);
                out.println(Stacks.all());
                return;
            }
        }
        violations.addAll(round.problems());
        tally.add(round);
        round.log().giveBack();
    }

    /** A checker that checked nothing has failed. */
    private void somethingHappened() {
        if (!violations.isEmpty()) {
            return;
        }
        if (tally.judged() == 0 || tally.firings() == 0) {
            violations.add(Violation.of(Invariant.CONTRACT, "nothing was checked: " + tally.judged() + " histories, "
                + tally.firings() + " callbacks"));
        }
        for (Fault fault : options.faults()) {
            if (rounds >= ENOUGH_ROUNDS && elapsedSeconds() >= ENOUGH_SECONDS && faults.injected(fault) == 0) {
                violations.add(Violation.of(Invariant.CONTRACT, "the fault " + fault.word() + " was never injected"));
            }
        }
    }

    private void report() {
        out.println(rounds + " rounds; " + tally.judged() + " histories judged, of them " + tally.undecided()
            + " by the rules alone; " + tally.unjudged() + " rounds not judged; " + tally.firings() + " callbacks");
        tally.print(out);
        StringBuilder injected = new StringBuilder("faults:");
        for (Fault fault : options.faults()) {
            injected.append(' ').append(fault.word()).append(' ').append(faults.injected(fault));
        }
        out.println(options.faults().isEmpty() ? "faults: none" : injected.toString());
        Map<Invariant, Violation> broken = new EnumMap<>(Invariant.class);
        for (Violation violation : violations) {
            broken.putIfAbsent(violation.invariant(), violation);
            out.println("@failure " + violation);
            violation.events().forEach(event -> out.println("    " + event));
        }
        for (Invariant invariant : Invariant.values()) {
            Violation found = broken.get(invariant);
            out.println("@result torture-" + invariant + (found == null ? " passed " : " failed ") + elapsedSeconds() + " "
                + (found == null ? invariant.text : found.toString()));
        }
        out.println(violations.isEmpty() ? "nothing is wrong" : violations.size() + " things are wrong, seed " + options.seed());
    }
}
