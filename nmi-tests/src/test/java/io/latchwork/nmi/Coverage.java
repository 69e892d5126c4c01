// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What the explorations of a matrix covered. May be added to by several threads. */
final class Coverage {

    private final CallMatrix matrix;
    private final List<Cell> cells;
    private final Map<Cell.Form, long[]> pointsAndRuns = new EnumMap<>(Cell.Form.class);
    private final Set<String> interruptedMethods = new TreeSet<>();
    private final Set<String> nestedMethods = new TreeSet<>();

    Coverage(final CallMatrix matrix, final List<Cell> cells) {
        this.matrix = matrix;
        this.cells = List.copyOf(cells);
    }

    synchronized void add(final Cell cell, final Report report) {
        final long[] counts = pointsAndRuns.computeIfAbsent(cell.form(), form -> new long[2]);
        counts[0] += report.points();
        counts[1] += report.runs();
        interruptedMethods.addAll(report.methods());
        nestedMethods.addAll(report.nestedMethods());
    }

    CallMatrix matrix() {
        return matrix;
    }

    Set<String> interruptedMethods() {
        return interruptedMethods;
    }

    Set<String> nestedMethods() {
        return nestedMethods;
    }

    long points(final Cell.Form... forms) {
        return count(0, forms);
    }

    long runs(final Cell.Form... forms) {
        return count(1, forms);
    }

    private synchronized long count(final int which, final Cell.Form... forms) {
        long sum = 0;
        for (final Cell.Form form : forms) {
            sum += pointsAndRuns.getOrDefault(form, new long[2])[which];
        }
        return sum;
    }

    /** How many different combinations of calls there are, whatever state they find: pairs, or triples. */
    int combinations(final Cell.Form... forms) {
        final Set<List<String>> different = new HashSet<>();
        for (final Cell cell : cells) {
            if (Set.of(forms).contains(cell.form())) {
                final boolean oneByOne = cell.form() == Cell.Form.STOPPED;
                for (final String other : cell.others()) {
                    different.add(oneByOne ? List.of(cell.interrupted(), other) : all(cell));
                }
            }
        }
        return different.size();
    }

    private static List<String> all(final Cell cell) {
        final List<String> all = new ArrayList<>(cell.others());
        all.add(0, cell.interrupted());
        return all;
    }

    /** Pairs that are not explored and of which nobody says why, and those that are though somebody does. */
    List<String> missing() {
        final List<String> missing = new ArrayList<>();
        for (final String first : matrix.calls()) {
            for (final String second : matrix.calls()) {
                if (isExplored(Cell.Form.IN, first, second) == (matrix.whyNotIn(second, first) != null)) {
                    missing.add(second + " in " + first + ": " + matrix.whyNotIn(second, first));
                }
                if (isExplored(Cell.Form.STOPPED, first, second) == (matrix.whyNotBeside(second, first) != null)) {
                    missing.add(second + " beside " + first + ": " + matrix.whyNotBeside(second, first));
                }
            }
        }
        return missing;
    }

    private boolean isExplored(final Cell.Form form, final String interrupted, final String other) {
        return cells.stream().anyMatch(cell -> cell.form() == form && cell.interrupted().equals(interrupted)
            && cell.others().contains(other));
    }

    /** Which calls are not in, or not beside, which others, and why. */
    String exceptions() {
        final String in = exceptions(" in ", matrix::whyNotIn);
        final String beside = exceptions(" beside ", matrix::whyNotBeside);
        return in.isEmpty() && beside.isEmpty() ? "none" : in + (in.isEmpty() || beside.isEmpty() ? "" : "; ") + beside;
    }

    private String exceptions(final String word, final BiFunction<String, String, String> why) {
        final Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (final String other : matrix.calls()) {
            final Map<String, List<String>> where = new LinkedHashMap<>();
            for (final String interrupted : matrix.calls()) {
                final String reason = why.apply(other, interrupted);
                if (reason != null) {
                    where.computeIfAbsent(reason, key -> new ArrayList<>()).add(interrupted);
                }
            }
            where.forEach((reason, calls) -> byReason.computeIfAbsent(reason, key -> new ArrayList<>()).add(
                CoverageTable.code(other) + word + (calls.size() == matrix.calls().size() ? "any"
                    : calls.equals(List.of(other)) ? "itself"
                        : calls.stream().map(CoverageTable::code).collect(Collectors.joining(", ")))));
        }
        return byReason.entrySet().stream().map(entry -> String.join(", ", entry.getValue()) + " (" + entry.getKey() + ")")
            .collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return cells.size() + " explorations, " + pointsAndRuns.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue()[0] + " points " + entry.getValue()[1] + " runs")
            .collect(Collectors.joining(", "));
    }
}
