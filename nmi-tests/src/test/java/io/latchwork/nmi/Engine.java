// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/** What the tests of the engine share. */
final class Engine {

    /** A grace period passes some 5000 points, and the end of a run has a few of them. */
    static final int STEP_BOUND = 100_000;

    private static final String SCENARIOS = "EngineScenarios.Matrix";

    private Engine() {
    }

    /** Scenarios bound to a copy of the library with these mutations. */
    static EnginePairs pairs(final Mutation... mutations) {
        final Scenario<?> made = Library.scenario(SCENARIOS, mutations);
        return (EnginePairs) made;
    }

    /** Before an atomic access, or a store: what comes in between makes no difference to others. */
    static boolean isAccess(final String site) {
        return site.contains("VarHandle.") || site.contains(") put ") || site.contains(") array store");
    }

    /**
     * What is wrong, or null. A violation is wrong whatever the orders say: the oracle is the same code, so a bug that
     * every order has would not show otherwise.
     */
    static String problem(final Report report) {
        if (!report.ok()) {
            return report.toString();
        }
        return report.allowed().stream().map(Object::toString).filter(text -> text.contains("VIOLATION")).findFirst()
            .orElse(null);
    }
}
