// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every call on one primitive. */
final class PrimitiveMatrix implements CallMatrix {

    private static final Options STRICT = Options.defaults().withMaxFailures(2).forbidding(PointKind.ALLOCATION)
        .exempting(Allocations::isExempt);

    private final PrimitivePairs pairs;
    private final PrimitivePairs.Subject subject;

    PrimitiveMatrix(final PrimitivePairs pairs, final PrimitivePairs.Subject subject) {
        this.pairs = pairs;
        this.subject = subject;
    }

    static PrimitivePairs pairs(final Mutation... mutations) {
        final Scenario<?> made = Library.scenario("PrimitiveScenarios.Matrix", mutations);
        return (PrimitivePairs) made;
    }

    static List<CallMatrix> all() {
        final PrimitivePairs made = pairs();
        final List<CallMatrix> all = new ArrayList<>();
        for (final PrimitivePairs.Subject subject : PrimitivePairs.Subject.values()) {
            all.add(new PrimitiveMatrix(made, subject));
        }
        return all;
    }

    @Override
    public String name() {
        return subject.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    public List<String> calls() {
        return pairs.calls(subject);
    }

    @Override
    public String whyNotIn(final String nested, final String interrupted) {
        return pairs.whyNotIn(subject, nested, interrupted);
    }

    @Override
    public String whyNotBeside(final String other, final String stopped) {
        return whyNotIn(other, stopped);
    }

    @Override
    public List<Cell> cells(final boolean full) {
        final List<Cell> cells = new ArrayList<>();
        for (final String interrupted : calls()) {
            final List<String> others = calls().stream().filter(call -> whyNotIn(call, interrupted) == null).toList();
            cells.add(cell(Cell.Form.STOPPED, interrupted, others));
            for (final String first : others) {
                cells.add(cell(Cell.Form.IN, interrupted, List.of(first)));
                if (full || subject.isSmall()) {
                    cells.add(cell(Cell.Form.HELD_UP, interrupted, List.of(first)));
                    others.forEach(second -> cells.add(cell(Cell.Form.TWO_IN, interrupted, List.of(first, second))));
                    others.stream().filter(second -> whyNotIn(second, first) == null)
                        .forEach(second -> cells.add(cell(Cell.Form.NESTED, interrupted, List.of(first, second))));
                }
            }
        }
        return cells;
    }

    private Cell cell(final Cell.Form form, final String interrupted, final List<String> others) {
        return new Cell(form, name(), interrupted, others,
            pairs.pair(subject, interrupted, others, form == Cell.Form.STOPPED), STRICT);
    }
}
