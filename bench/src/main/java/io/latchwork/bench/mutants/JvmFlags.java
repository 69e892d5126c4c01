// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.ChildJvm;
import java.util.ArrayList;
import java.util.List;

/** What a checker's JVM is started with: assertions, and what makes it start and end soon. */
final class JvmFlags {
    private static final List<String> COMMON = List.of("-ea", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx1g");
    /** What is waited for in vain on a mutant need not be waited for long. */
    private static final String PATIENCE = "-Dlatchwork.patience.seconds=4";
    /** Tests of mutants end before the other compiler would pay. */
    private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

    private JvmFlags() {
    }

    /**
     * The flags of a JVM for checkers on the library as it is, or for one checker on a mutant.
     *
     * @param checkers checkers of one kind
     * @param forMutant whether what a test waits for is known not to come
     */
    static List<String> of(final List<Checker> checkers, final boolean forMutant) {
        final List<String> flags = new ArrayList<>(COMMON);
        if (forMutant) {
            flags.add(PATIENCE);
        }
        if (checkers.get(0).kind() == Checker.Kind.JUNIT) {
            flags.add(ONE_COMPILER);
        }
        if (checkers.stream().anyMatch(Checker::isLincheck)) {
            flags.addAll(ChildJvm.lincheckFlags());
        }
        return flags;
    }
}
