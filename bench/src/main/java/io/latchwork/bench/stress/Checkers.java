// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The checkers, in the order to run them in, at the sizes of a tier. */
final class Checkers {
    private static final String JUNIT = JUnitChecker.class.getName();
    private static final int QUICK_LIMIT_MINUTES = 5;
    private static final int FULL_LIMIT_MINUTES = 600;
    /** Starting and stopping of a checker that goes on for as long as it is told. */
    private static final int SPARE_SECONDS = 120;
    private static final int SECONDS_OF_MINUTE = 60;

    private final Tier tier;
    private final int seconds;
    private final long seed;
    private final List<Checker> all = new ArrayList<>();

    private Checkers(final Tier tier, final int minutes, final long seed) {
        this.tier = tier;
        this.seconds = minutes * SECONDS_OF_MINUTE;
        this.seed = seed;
    }

    /**
     * The checkers of a tier.
     *
     * @param tier how much is checked
     * @param minutes what the checkers without an end of their own share
     * @param seed what is random comes from it
     * @return the checkers
     */
    static List<Checker> of(final Tier tier, final int minutes, final long seed) {
        final Checkers checkers = new Checkers(tier, minutes, seed);
        if (tier != Tier.TORTURE) {
            checkers.addTests();
        }
        checkers.addTortures();
        if (tier != Tier.TORTURE) {
            checkers.addMutants();
        }
        return checkers.all;
    }

    private void addTests() {
        junit("labels", "every shared access has the mode and the label that the tables give it", List.of(),
            "--test", "io.latchwork.async.architecture.OrderingLabelsTest");
        junit("contracts", "each call's contract, functional and from several threads", List.of(),
            "--include", "io\\.latchwork\\.(seqlatch|rcu|irqwork|async)\\..*Test",
            "--exclude", ".*LincheckTest",
            "--exclude", "io\\.latchwork\\.async\\.(port|architecture)\\..*",
            "--exclude", ".*StrangersProgramTest");
        junit("ported", "the selftests of the original", tier == Tier.QUICK ? List.of("-Dlatchwork.port.scale=50")
                : List.of("-Dlatchwork.port.scale=400", "-Dlatchwork.port.repeat=1000"),
            "--include", "io\\.latchwork\\.async\\.port\\.T.*Test");
        addJcstress();
        junit("lincheck", "linearizability and obstruction-freedom, model-checked", lincheckFlags(),
            "--include", "io\\.latchwork\\..*LincheckTest");
        junit("nmi", "every call interrupted, and stopped, at every point",
            // an assertion of the library would end an exploration that is to find the bug by what comes of it
            tier == Tier.QUICK ? List.of("-da") : List.of("-da", "-Dlatchwork.nmi.full=true"),
            "--include", "io\\.latchwork\\.nmi\\..*Test");
    }

    private void addJcstress() {
        final String what = "memory ordering, each claim beside a broken twin";
        if (tier == Tier.QUICK) {
            all.add(new Checker("jcstress", what, "io.latchwork.jcstress.JcstressChecker",
                List.of("--seconds", "20", "--seed", String.valueOf(seed)), List.of(), limit(), false));
        } else {
            junit("jcstress", what, List.of("-Djcstress.full=true", "-Djcstress.claimMs=2000"),
                "--test", "io.latchwork.jcstress.JcstressCiTest");
        }
    }

    private List<String> lincheckFlags() {
        final List<String> flags = ChildJvm.lincheckFlags();
        flags.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")); // the second compiler costs more than it saves here
        if (tier == Tier.FULL) {
            flags.add("-Dlincheck.scale=20");
        }
        return flags;
    }

    private void addTortures() {
        timed("rcutorture", "grace periods under readers of every kind", "io.latchwork.bench.rcutorture.RcuTorture", 3);
        timed("suspension", "a thread suspended from outside holds up nobody", "io.latchwork.bench.suspension.Suspension",
            6);
        timed("torture", "all calls on all maps with faults, the history replayed against a model",
            "io.latchwork.bench.torture.Torture", 2);
    }

    private void addMutants() {
        all.add(new Checker("mutants", "bugs that the checkers must find", "io.latchwork.bench.mutants.Mutants",
            List.of("--seed", String.valueOf(seed), "--no-control"), List.of(), limit(), true));
    }

    private void junit(final String name, final String what, final List<String> properties,
                       final String... arguments) {
        final List<String> flags = new ArrayList<>(List.of("-ea", "-Dlatchwork.port.seed=" + seed));
        flags.addAll(properties);
        final List<String> list = new ArrayList<>(List.of(arguments));
        list.addAll(List.of("--max-failures", "10"));
        if (tier == Tier.FULL) {
            list.addAll(List.of("--timeout", "6 h"));
        }
        all.add(new Checker(name, what, JUNIT, list, flags, limit(), false));
    }

    private void timed(final String name, final String what, final String mainClass, final int shareOf) {
        final int time = Math.max(1, seconds / shareOf);
        all.add(new Checker(name, what, mainClass,
            List.of("--seconds", String.valueOf(time), "--seed", String.valueOf(seed)), List.of("-ea"),
            Duration.ofSeconds(time + SPARE_SECONDS), false));
    }

    private Duration limit() {
        return Duration.ofMinutes(tier == Tier.QUICK ? QUICK_LIMIT_MINUTES : FULL_LIMIT_MINUTES);
    }
}
