// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Every call on one kind of map, other than the plain hash map. */
final class MapMatrix implements CallMatrix {

    private static final Options LOOSE = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(2);
    private static final Options STRICT = LOOSE.forbidding(PointKind.ALLOCATION).exempting(Allocations::isExempt);
    /** Those that change what the map holds: two of them in one, too. */
    private static final Set<MapPairs.Call> CHANGES = Set.of(MapPairs.Call.INSERT, MapPairs.Call.UPDATE, MapPairs.Call.DELETE);

    private final MapPairs pairs;
    private final MapPairs.Kind kind;

    MapMatrix(final MapPairs pairs, final MapPairs.Kind kind) {
        this.pairs = pairs;
        this.kind = kind;
    }

    static MapPairs pairs(final Mutation... mutations) {
        final Scenario<?> made = Library.scenario("MapScenarios.Matrix", mutations);
        return (MapPairs) made;
    }

    static List<CallMatrix> all() {
        final MapPairs made = pairs();
        return Stream.of(MapPairs.Kind.values()).map(kind -> (CallMatrix) new MapMatrix(made, kind)).toList();
    }

    /** A growing map allocates what it puts in; the others allocate nothing. */
    static Options options(final MapPairs.Kind kind) {
        return kind == MapPairs.Kind.GROWING ? LOOSE : STRICT;
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private List<MapPairs.Call> callsOfKind() {
        return Stream.of(MapPairs.Call.values()).filter(call -> call.isOf(kind)).toList();
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    public List<String> calls() {
        return callsOfKind().stream().map(Enum::name).toList();
    }

    @Override
    public String whyNotIn(final String nested, final String interrupted) {
        return null;
    }

    @Override
    public String whyNotBeside(final String other, final String stopped) {
        return null;
    }

    @Override
    public List<Cell> cells(final boolean full) {
        final List<Cell> cells = new ArrayList<>();
        final List<MapPairs.Call> all = callsOfKind();
        final List<MapPairs.Call> changes = all.stream()
            .filter(call -> CHANGES.contains(call) && (kind != MapPairs.Kind.ARRAY || call == MapPairs.Call.UPDATE)).toList();
        for (final MapPairs.Call interrupted : all) {
            cells.add(cell(Cell.Form.STOPPED, interrupted, all));
            for (final MapPairs.Call first : all) {
                cells.add(cell(Cell.Form.IN, interrupted, List.of(first)));
                if (full || CHANGES.contains(interrupted) && CHANGES.contains(first)) {
                    cells.add(cell(Cell.Form.HELD_UP, interrupted, List.of(first)));
                }
                if ((full || kind != MapPairs.Kind.LRU_OF_ONE) && changes.contains(interrupted) && changes.contains(first)) {
                    changes.forEach(second -> {
                        cells.add(cell(Cell.Form.TWO_IN, interrupted, List.of(first, second)));
                        cells.add(cell(Cell.Form.NESTED, interrupted, List.of(first, second)));
                    });
                }
            }
        }
        return cells;
    }

    private Cell cell(final Cell.Form form, final MapPairs.Call interrupted, final List<MapPairs.Call> others) {
        final Options options = options(kind);
        return new Cell(form, name(), interrupted.name(), others.stream().map(Enum::name).toList(),
            pairs.pair(kind, interrupted, others, form == Cell.Form.STOPPED),
            form == Cell.Form.TWO_IN || form == Cell.Form.NESTED ? options.interruptingAt(Engine::isAccess) : options);
    }
}
