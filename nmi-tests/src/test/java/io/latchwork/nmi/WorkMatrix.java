// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every call on a work, in every state of it. */
final class WorkMatrix implements CallMatrix {

    private static final Options LOOSE = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(2);
    private static final Options STRICT = LOOSE.forbidding(PointKind.ALLOCATION).exempting(Allocations::isExempt);
    private static final List<WorkPairs.Call> OF_THE_STATE_WORD = List.of(WorkPairs.Call.START, WorkPairs.Call.CANCEL_ASYNC,
        WorkPairs.Call.DELETE, WorkPairs.Call.KWORKER);

    private static final List<WorkPairs.Call> SHORT = List.of(WorkPairs.Call.START, WorkPairs.Call.CANCEL_ASYNC,
        WorkPairs.Call.SET_OTHER, WorkPairs.Call.DELETE);

    private final WorkPairs pairs = pairs();

    static WorkPairs pairs(final Mutation... mutations) {
        final Scenario<?> made = Library.scenario("WorkScenarios.Matrix", mutations);
        return (WorkPairs) made;
    }

    @Override
    public String name() {
        return "states of a work";
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    public List<String> calls() {
        return Stream.of(WorkPairs.Call.values()).map(Enum::name).toList();
    }

    @Override
    public String whyNotIn(final String nested, final String interrupted) {
        return WorkPairs.Call.valueOf(nested).whyNotIn(WorkPairs.Call.valueOf(interrupted));
    }

    @Override
    public String whyNotBeside(final String other, final String stopped) {
        return WorkPairs.Call.valueOf(other).whyNotBeside(WorkPairs.Call.valueOf(stopped));
    }

    @Override
    public List<Cell> cells(final boolean full) {
        final List<Cell> cells = new ArrayList<>();
        for (final WorkPairs.Shape shape : WorkPairs.Shape.values()) {
            for (final WorkPairs.Call interrupted : WorkPairs.Call.values()) {
                if (interrupted == WorkPairs.Call.FLUSH && shape.isPending()) {
                    continue; // waits for a run that nobody makes
                }
                for (final WorkPairs.Call nested : WorkPairs.Call.values()) {
                    if (nested.whyNotIn(interrupted) == null) {
                        cells.add(cell(Cell.Form.IN, shape, interrupted, List.of(nested), nested.isDuty() ? LOOSE : STRICT));
                        if (full || shape == WorkPairs.Shape.QUEUED && SHORT.contains(interrupted) && SHORT.contains(nested)) {
                            cells.add(cell(Cell.Form.HELD_UP, shape, interrupted, List.of(nested), LOOSE));
                        }
                    }
                }
                if (full || shape == WorkPairs.Shape.QUEUED || shape == WorkPairs.Shape.IDLE) {
                    cells.add(cell(Cell.Form.STOPPED, shape, interrupted, Stream.of(WorkPairs.Call.values())
                        .filter(call -> call.whyNotBeside(interrupted) == null).toList(), LOOSE));
                }
            }
        }
        twoInOne(cells);
        return cells;
    }

    private void twoInOne(final List<Cell> cells) {
        final Options atAccesses = LOOSE.interruptingAt(Engine::isAccess);
        for (final WorkPairs.Call interrupted : OF_THE_STATE_WORD) {
            for (final WorkPairs.Call first : OF_THE_STATE_WORD) {
                for (final WorkPairs.Call second : OF_THE_STATE_WORD) {
                    if (first.whyNotIn(interrupted) == null && second.whyNotIn(interrupted) == null) {
                        final List<WorkPairs.Call> both = List.of(first, second);
                        cells.add(cell(Cell.Form.TWO_IN, WorkPairs.Shape.QUEUED, interrupted, both, atAccesses));
                        if (second.whyNotIn(first) == null) {
                            cells.add(cell(Cell.Form.NESTED, WorkPairs.Shape.QUEUED, interrupted, both, atAccesses));
                        }
                    }
                }
            }
        }
    }

    private Cell cell(final Cell.Form form, final WorkPairs.Shape shape, final WorkPairs.Call interrupted,
                      final List<WorkPairs.Call> others, final Options options) {
        return new Cell(form, shape.name(), interrupted.name(), others.stream().map(Enum::name).toList(),
            pairs.pair(shape, interrupted, others, form == Cell.Form.STOPPED), options);
    }
}
