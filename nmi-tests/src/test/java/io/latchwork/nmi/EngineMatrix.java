// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.EngineCall.BASE;
import static io.latchwork.nmi.EngineCall.KWORKER;

import io.latchwork.nmi.EnginePairs.Ending;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every call on timers, works, hash maps, programs and runtimes. */
final class EngineMatrix implements CallMatrix {

    private static final Options LOOSE = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(2);
    private static final Options STRICT = LOOSE.forbidding(PointKind.ALLOCATION).exempting(Allocations::isExempt);
    /** Calls that are not about the timer of key 1 meet this state of it. */
    private static final Set<EngineShape> ONE_SHAPE = EnumSet.of(EngineShape.EXPIRED);
    private static final Set<EngineShape> FEW_SHAPES = EnumSet.of(EngineShape.BARE, EngineShape.EXPIRED);
    /** What changes the timer of key 1. Two of these in one, and in one another. */
    private static final List<EngineCall> CHANGES = List.of(EngineCall.START_EARLIER, EngineCall.CANCEL_ASYNC,
        EngineCall.SET_P2, EngineCall.DELETE, EngineCall.BASE, EngineCall.UPDATE, EngineCall.RELEASE);
    /** Not for NMI, and long: most of their points are of objects that nobody else can see. */
    private static final Set<EngineCall> LONG = EnumSet.of(EngineCall.NEW_MAPS, EngineCall.AUDIT, EngineCall.VIEW_ARMED,
        EngineCall.KWORKER, EngineCall.W_CANCEL, EngineCall.W_FLUSH, EngineCall.T_CANCEL);
    private static final int OTHERS_AT_ONCE = 7;
    private static final int MANY_OTHERS_AT_ONCE = 24;

    private final EnginePairs engine = Engine.pairs();

    @Override
    public String name() {
        return "timers, works, hash maps";
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    public List<String> calls() {
        return Stream.of(EngineCall.values()).map(Enum::name).toList();
    }

    @Override
    public String whyNotIn(final String nested, final String interrupted) {
        return EngineCall.valueOf(nested).whyNotIn(EngineCall.valueOf(interrupted));
    }

    @Override
    public String whyNotBeside(final String other, final String stopped) {
        return EngineCall.valueOf(other).whyNotBeside(EngineCall.valueOf(stopped));
    }

    @Override
    public List<Cell> cells(final boolean full) {
        final List<Cell> cells = new ArrayList<>();
        for (final EngineCall interrupted : EngineCall.values()) {
            for (final EngineCall nested : EngineCall.values()) {
                if (nested.mayInterrupt(interrupted)) {
                    if (full && nested.whyNotBeside(interrupted) == null) {
                        cells.add(cell(Cell.Form.HELD_UP, shape(interrupted), interrupted, List.of(nested), LOOSE));
                    }
                    shapes(interrupted, nested, full).forEach(shape ->
                        cells.add(cell(Cell.Form.IN, shape, interrupted, List.of(nested),
                            options(interrupted, nested, full))));
                }
            }
            stopped(interrupted, full ? OTHERS_AT_ONCE : MANY_OTHERS_AT_ONCE, cells);
        }
        twoInOne(full, cells);
        return cells;
    }

    private static Options options(final EngineCall interrupted, final EngineCall nested, final boolean full) {
        final Options options = nested.whyItAllocates() == null ? STRICT : LOOSE;
        final boolean isShort = interrupted.kind() == EngineCall.Kind.READER && !LONG.contains(interrupted);
        return full || isShort || !LONG.contains(interrupted) && nested.meets(interrupted) ? options
            : options.interruptingAt(Engine::isAccess);
    }

    private Cell cell(final Cell.Form form, final EngineShape shape, final EngineCall interrupted,
                      final List<EngineCall> others, final Options options) {
        final Ending ending = form != Cell.Form.STOPPED ? Ending.TAKEN_APART
            : interrupted == BASE ? Ending.BASE_STALLED : Ending.BYSTANDERS;
        return new Cell(form, shape.name(), interrupted.name(), others.stream().map(Enum::name).toList(),
            engine.pair(shape, ending, interrupted, others, form == Cell.Form.NESTED), options);
    }

    private static Set<EngineShape> shapes(final EngineCall interrupted, final EngineCall nested, final boolean full) {
        if (interrupted == KWORKER) {
            return EnumSet.of(EngineShape.GARBAGE);
        }
        final boolean isOfTimer = interrupted.isOfTimer() && nested.isOfTimer();
        if (full || isOfTimer && !interrupted.isVariant() && !nested.isVariant()) {
            return EnumSet.complementOf(EnumSet.of(EngineShape.GARBAGE));
        }
        return isOfTimer ? FEW_SHAPES : ONE_SHAPE;
    }

    /**
     * Two calls in one, and a call in a call in a call, at every access of shared memory. Unless full, one triple for every two
     * calls in every two of its three places (a Latin square).
     */
    private void twoInOne(final boolean full, final List<Cell> cells) {
        final Options atAccesses = STRICT.interruptingAt(Engine::isAccess);
        for (final EngineCall interrupted : CHANGES) {
            for (final EngineCall first : CHANGES) {
                for (final EngineCall second : CHANGES) {
                    final int square = CHANGES.indexOf(interrupted) + CHANGES.indexOf(first) + CHANGES.indexOf(second);
                    if ((full || square % CHANGES.size() == 0)
                        && first.mayInterrupt(interrupted) && second.mayInterrupt(interrupted)) {
                        final List<EngineCall> both = List.of(first, second);
                        cells.add(cell(Cell.Form.TWO_IN, EngineShape.EXPIRED, interrupted, both, atAccesses));
                        if (second.mayInterrupt(first)) {
                            cells.add(cell(Cell.Form.NESTED, EngineShape.EXPIRED, interrupted, both, atAccesses));
                        }
                    }
                }
            }
        }
    }

    /** Some calls after one another, those that take something away last, so that every call is made once. */
    private void stopped(final EngineCall stopped, final int atOnce, final List<Cell> cells) {
        final List<EngineCall> others = Stream.of(EngineCall.values()).filter(call -> call.whyNotBeside(stopped) == null)
            .sorted((a, b) -> Boolean.compare(a.takesAway(), b.takesAway())).toList();
        final int groups = (others.size() + atOnce - 1) / atOnce;
        for (int group = 0; group < groups; group++) {
            final int from = group;
            final List<EngineCall> some = IntStream.range(0, others.size()).filter(i -> i % groups == from)
                .mapToObj(others::get).toList();
            cells.add(cell(Cell.Form.STOPPED, shape(stopped), stopped, some, LOOSE));
        }
    }

    /** Where the call has most to do. */
    private static EngineShape shape(final EngineCall stopped) {
        return stopped == KWORKER ? EngineShape.GARBAGE : stopped == EngineCall.INIT ? EngineShape.BARE : EngineShape.EXPIRED;
    }
}
