// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.Audit;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.nmi.EngineCall;
import io.latchwork.nmi.EnginePairs;
import io.latchwork.nmi.EngineShape;
import io.latchwork.nmi.Scenario;
import java.util.ArrayList;
import java.util.List;

/** The engine: any call in any other one. */
public final class EngineScenarios {
    /** Whatever is armed, by any order of calls, is due at one of these. */
    private static final long[] STEPS = {EngineWorld.EARLIER, EngineWorld.FIRST_DEADLINE, EngineWorld.MAPLESS_DEADLINE,
        EngineWorld.BYSTANDER_DEADLINE, EngineWorld.OTHER_DEADLINE, EngineWorld.EXPIRED + EngineWorld.EARLIER, EngineWorld.LATER,
        EngineWorld.EXPIRED + EngineWorld.LATER};

    private EngineScenarios() {
    }

    /** Any two or three calls. */
    public static final class Matrix extends EngineOutcomes implements Scenario<EngineWorld.State>, EnginePairs {
        private final EngineShape shape;

        /** Made by the loader, to make others. */
        public Matrix() {
            this(EngineShape.IDLE, Ending.TAKEN_APART, EngineCall.START_PAST, List.of(EngineCall.BASE), false);
        }

        private Matrix(final EngineShape shape, final Ending ending, final EngineCall interrupted,
                       final List<EngineCall> nested, final boolean anyOrder) {
            super(ending, interrupted, nested, anyOrder);
            this.shape = shape;
        }

        @Override
        public Scenario<?> pair(final EngineShape ofShape, final Ending withEnding, final EngineCall interruptedCall,
                                final List<EngineCall> nestedCalls, final boolean stacked) {
            return new Matrix(ofShape, withEnding, interruptedCall, nestedCalls, stacked);
        }

        @Override
        public State fresh() {
            final State state = new State(ending == Ending.BASE_STALLED ? 2 : 1, 1 + nested.size());
            state.callStopped = ending == Ending.BYSTANDERS;
            state.arm(state.other, 3, OTHER_DEADLINE);
            if (state.far != null) {
                state.arm(state.far, 3, OTHER_DEADLINE);
            }
            state.runBases();
            final BpfTimer<Integer, String> timer = state.handle.timer();
            switch (shape) {
                case BARE -> { }
                case UNBOUND -> timer.init(state.map, ClockId.MONOTONIC).orThrow();
                case IDLE -> {
                    state.arm(state.handle, 0, FIRST_DEADLINE);
                    timer.cancelAsync().orThrow();
                    state.runBases(); // nothing is put into the heap: the state word was looked at after the cancel
                }
                case QUEUED -> state.arm(state.handle, 0, FIRST_DEADLINE);
                default -> {
                    state.arm(state.handle, 0, FIRST_DEADLINE);
                    state.runBases();
                }
            }
            if (shape == EngineShape.CANCELLED) {
                timer.cancelAsync().orThrow();
            } else if (shape == EngineShape.EXPIRED) {
                state.clock.set(ORIGIN + EXPIRED);
            } else if (shape == EngineShape.GARBAGE) {
                state.map.update(THIRD, "t").orThrow();
                state.arm(state.map.lookup(THIRD), 2, FIRST_DEADLINE);
                state.map.delete(THIRD).orThrow();
                state.programs.get(2).release().orThrow();
                state.runBases();
            }
            return state;
        }

        @Override
        public Object interrupted(final State state) {
            return call(state, interrupted, 0);
        }

        @Override
        public Object nested(final State state, final int index) {
            return call(state, nested.get(index), 1 + index);
        }

        @Override
        public Object observe(final State state) {
            final int bases = state.bases() - (ending == Ending.BASE_STALLED ? 1 : 0);
            if (ending != Ending.TAKEN_APART) {
                return whileStalled(state, bases);
            }
            state.runWorks(bases);
            for (final long step : STEPS) {
                state.advanceTo(step, bases);
            }
            final List<Object> seen = new ArrayList<>();
            seen.add(firedOf(state, KEY, true));
            seen.add(firedOf(state, KEY, false));
            seen.add("end " + state.handle.timer().cancelAsync() + " " + state.handle.value());
            seen.add("map " + valueOf(state, KEY) + " " + valueOf(state, OTHER) + " " + valueOf(state, THIRD) + " size "
                + state.map.size() + " looked up " + state.spare.stream().map(MapElement::key).toList());
            seen.add("start " + startsAndFires(state));
            seen.add("without a map " + state.mapless.cancelAsync() + " " + state.mapless.start(0, 0));
            seen.add("works " + state.worked + " " + state.wq.cancelAsync() + " " + state.wq.start());
            seen.add("pinned " + state.runtime.pin("pinned", state.pinned) + " " + state.runtime.pin("second", state.pinned));
            state.runWorks(bases);
            seen.add("then " + state.worked.size());
            state.reclaim();
            seen.add("unloads " + state.unloads[0] + " " + state.unloads[1]);
            useOnceMore(state);
            takeApart(state);
            seen.add(List.copyOf(state.violations));
            return seen;
        }

        /** What a call that is not finished, and will not be, must not keep from happening. */
        private Object whileStalled(final State state, final int bases) {
            final boolean isOwner = ending == Ending.BASE_STALLED;
            final BpfTimer<Integer, String> late = isOwner ? state.far.timer() : state.after;
            state.runBases(bases);
            if (!isOwner) {
                late.start(EARLIER, 0).orThrow();
            }
            for (final long step : STEPS) {
                state.advanceTo(step, bases);
            }
            fired(state, isOwner ? FAR + "=f by p3 at" : "before by p3 at", 1);
            if (isOwner) {
                late.start(EARLIER, 0).orThrow();
                state.advanceTo(EXPIRED + LATER + EARLIER, bases);
            }
            fired(state, isOwner ? FAR + "=f by p3 at" : "after by p3 at", isOwner ? 2 : 1);
            return switch (ending) {
                case BASE_STALLED -> List.of(state.fired.stream().filter(text -> text.startsWith(FAR + "=")).toList(),
                    state.violations);
                case START_STALLED -> List.of(firedOf(state, KEY, true), state.handle.timer().cancelAsync(),
                    state.violations);
                case BYSTANDERS -> state.violations;
                default -> List.of(firedOf(state, KEY, false), String.valueOf(valueOf(state, OTHER)), state.violations);
            };
        }

        private static void fired(final State state, final String what, final int right) {
            final long times = state.fired.stream().filter(text -> text.startsWith(what)).count();
            if (times != right) {
                state.violations.add("VIOLATION: " + what + " ...: " + times + " times, not " + right);
            }
        }

        private static List<String> firedOf(final State state, final int key, final boolean it) {
            return state.fired.stream().filter(text -> text.startsWith(key + "=") == it).toList();
        }

        private static String valueOf(final State state, final int key) {
            final MapElement<Integer, String> element = state.map.lookup(key);
            return element == null ? null : element.value();
        }

        /** A timer that can be started fires: it has a callback. */
        private static Status startsAndFires(final State state) {
            final int before = state.fired.size();
            final Status status = start(state, () -> state.handle.timer().start(0, 0));
            state.runBases();
            state.expect(before + (status.isRefusal() ? 0 : 1), state.fired.size());
            return status;
        }

        /** Whatever happened: every key can be given a timer, which fires when it should, once. */
        private static void useOnceMore(final State state) {
            final boolean hasUsers = state.map.open() == Status.OK;
            for (final int key : new int[] {KEY, OTHER, THIRD}) {
                final boolean there = state.map.lookup(key) != null;
                if (hasUsers) {
                    if (!there) {
                        state.expect(Status.OK, state.map.update(key, "again"));
                    }
                    usedOnceMore(state, state.map.lookup(key), there);
                } else {
                    state.expect(Status.EPERM, there ? Status.OK : state.map.update(key, "again"));
                }
            }
            if (hasUsers) {
                oneTooMany(state);
            }
        }

        /** As many timers are in use as the map has: one more is refused, exactly. */
        private static void oneTooMany(final State state) {
            state.expect(Status.OK, state.map.update(FOURTH, "one too many"));
            state.expect(Status.ENOMEM, state.map.lookup(FOURTH).timer().init(state.map, ClockId.MONOTONIC));
            state.expect(Status.OK, state.map.delete(FOURTH));
        }

        private static void usedOnceMore(final State state, final MapElement<Integer, String> element,
                                         final boolean old) {
            final Status initialised = element.timer().init(state.map, ClockId.MONOTONIC);
            state.expect(Status.OK, old && initialised == Status.EBUSY ? Status.OK : initialised);
            state.expect(Status.OK, element.timer().setCallback(state.programs.get(3), state.callbacks.get(3)));
            state.quiet = false;
            for (final long delay : new long[] {EARLIER, 0}) {
                final int before = state.fired.size();
                state.expect(Status.OK, element.timer().start(delay, 0));
                if (delay > 0) {
                    state.clock.advance(delay - 1);
                    state.runBases();
                    state.expect(before, state.fired.size());
                    state.clock.advance(1);
                }
                state.runBases();
                state.expect(before + 1, state.fired.size());
                // an update ends the timer of the value before, so the callback is given the value that is there
                state.expect(element.key() + "=" + element.value(),
                    state.fired.get(state.fired.size() - 1).split(" by ")[0]);
            }
            state.expect(Status.IDLE, element.timer().cancelAsync());
        }

        /** Whatever happened: references balance. */
        private static void takeApart(final State state) {
            for (int i = 0; i < ENOUGH_ROUNDS && state.map.release() == Status.OK; i++) {
                state.quiet = false;
            }
            while (state.runtime.unpin("pinned") == Status.OK || state.runtime.unpin("second") == Status.OK) {
                state.quiet = false;
            }
            state.pinned.close();
            state.mapless.close();
            try {
                for (final AutoCloseable each : state.made) {
                    each.close();
                }
            } catch (final Exception e) {
                state.violations.add("VIOLATION: " + e);
            }
            state.programs.forEach(BpfProg::release);
            state.runBases();
            state.reclaim();
            final Audit audit = state.runtime.audit();
            if (!audit.isClean() || audit.callbackErrors() > 0) {
                state.violations.add("VIOLATION: something is left: " + audit);
            }
            state.expect(0, state.map.size());
            for (final int count : state.unloads) {
                state.expect(1, count);
            }
        }
    }
}
