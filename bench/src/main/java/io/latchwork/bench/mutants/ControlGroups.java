// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which checkers can be run on the unchanged library in one JVM: a JVM for each checker would take as long as all mutants. */
final class ControlGroups {
    private static final int MOST = 12;

    private ControlGroups() {
    }

    /** Groups the checkers of some mutants, each checker once. */
    static List<List<Checker>> of(final Collection<Mutant> mutants) {
        final Set<Checker> distinct = new LinkedHashSet<>();
        mutants.forEach(mutant -> distinct.addAll(mutant.checkers()));
        final List<List<Checker>> groups = new ArrayList<>();
        final Map<String, List<Checker>> open = new LinkedHashMap<>();
        for (final Checker checker : distinct) {
            final List<Checker> group = open.computeIfAbsent(key(checker), key -> new ArrayList<>());
            group.add(checker);
            if (group.size() == MOST) {
                groups.add(open.remove(key(checker)));
            }
        }
        groups.addAll(open.values());
        return groups;
    }

    /** Equal for checkers that may be together. */
    private static String key(final Checker checker) {
        return switch (checker.kind()) {
            case JUNIT -> checker.isLincheck() ? "lincheck" : checker.readsSources() ? "readers" : "junit";
            case JCSTRESS -> "jcstress";
            case RCUTORTURE, TORTURE -> checker.toString();
        };
    }
}
