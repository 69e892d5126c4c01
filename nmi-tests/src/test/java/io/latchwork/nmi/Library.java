// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.List;

/** Explorations of the library's own classes, and of the toys that use them. */
final class Library {

    /** Whether to explore more than the time of a build allows: tables of their real size, and every pair of points. */
    static final boolean IS_FULL = Boolean.getBoolean("latchwork.nmi.full");
    static final String SEQLATCH = "io.latchwork.seqlatch.";
    static final String IRQWORK = "io.latchwork.irqwork.";
    static final String RCU = "io.latchwork.rcu.";

    private static final List<String> PREFIXES =
        List.of(SEQLATCH, IRQWORK, RCU, "io.latchwork.async.", "io.latchwork.nmi.toy.");

    /** Shared, because each copy of the library links all its call sites anew. */
    private static final NmiLoader UNCHANGED = loader();

    private Library() {
    }

    private static NmiLoader loader(final Mutation... mutations) {
        final List<Mutation> all = new ArrayList<>(List.of(mutations));
        if (!IS_FULL) {
            all.addAll(List.of(SmallTables.all()));
        }
        return new NmiLoader(Library.class.getClassLoader(), PREFIXES, all.toArray(Mutation[]::new));
    }

    static <S> Scenario<S> scenario(final String name, final Mutation... mutations) {
        final NmiLoader loader = mutations.length == 0 ? UNCHANGED : loader(mutations);
        return loader.scenario("io.latchwork.nmi.scenario." + name.replace('.', '$'));
    }

    /** Depth 1 and 2, and stacked; nested code may neither block nor allocate, except in the toys. */
    static void explore(final String name) {
        exploreUnstacked(name);
        NmiExplorer.explore(scenario(name), strict().withDepth(2).withStacking()).assertOk();
    }

    /** The same for nested operations that must not be inside one another: those of a single owner or writer. */
    static void exploreUnstacked(final String name) {
        final Scenario<Object> scenario = scenario(name);
        NmiExplorer.explore(scenario, strict()).assertOk();
        NmiExplorer.explore(scenario, strict().withDepth(2)).assertOk();
    }

    /** As explore, for nested calls that may allocate: those that wait, and those that are refused by an exception. */
    static void exploreAllocating(final String name) {
        final Scenario<Object> scenario = scenario(name);
        NmiExplorer.explore(scenario, Options.defaults()).assertOk();
        NmiExplorer.explore(scenario, Options.defaults().withDepth(2)).assertOk();
    }

    private static Options strict() {
        return Options.defaults().forbidding(PointKind.ALLOCATION)
            .exempting(site -> site.startsWith("io.latchwork.nmi.toy."));
    }

    static void stall(final String name, final int others) {
        final Scenario<Object> scenario = scenario(name);
        StallExplorer.explore(scenario, Options.defaults().withDepth(others)).assertOk();
        StallExplorer.exploreResumed(scenario, Options.defaults().withDepth(others)).assertOk();
    }

    /** Several mutations: the later ones take away what would hide the first. */
    static void caught(final String name, final String reason, final Mutation... mutations) {
        final Report report = NmiExplorer.explore(scenario(name, mutations), Options.defaults());
        System.out.println(List.of(mutations) + "\n  caught by " + name + ": "
            + report.failures().stream().findFirst().orElse("NOT CAUGHT"));
        report.assertCaught(reason);
    }
}
