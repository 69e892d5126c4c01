// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.Audit;
import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfContainer;
import io.latchwork.async.BpfLruHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfMapOfMaps;
import io.latchwork.async.BpfProg;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.nmi.MapPairs;
import io.latchwork.nmi.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every kind of map that is not a plain hash map, and the calls on it in one another. */
public final class MapScenarios {
    private static final List<String> WRONG = List.of("threw", "STUCK", "VIOLATION");
    private static final long DUE = 10;
    private static final long LEEWAY = 4_096;
    private static final int ROUNDS = 6;
    private static final Integer[] KEYS = {0, 1, 2, 3};

    private MapScenarios() {
    }

    /** A map in a runtime of its own. */
    public abstract static class State {
        final ManualClock clock = new ManualClock();
        final AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).build();
        final List<String> violations = new ArrayList<>();

        /** Timers of another map; null unless a call is stopped for good. */
        Bystanders.Watch watch;

        abstract Object call(MapPairs.Call call);

        /** What is in mid-call may be counted or not. */
        static String size(final BpfContainer container) {
            return container.size() >= 0 && container.size() <= container.maxEntries() + 2 ? "counted" : "VIOLATION: size";
        }

        /** What is there at the end. Drops every reference that is left. */
        abstract List<Object> look();

        final void settle() {
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    runtime.agents().get(0).doWork();
                    runtime.agents().get(1).doWork();
                }
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }

        final void demand(final boolean condition, final String what) {
            if (!condition) {
                violations.add("VIOLATION: " + what);
            }
        }

        final List<Object> end() {
            final List<Object> seen = new ArrayList<>(look());
            settle();
            final Audit audit = runtime.audit();
            demand(audit.maps() == 0 && audit.programs() == 0 && audit.elements() == 0 && audit.blocks() == 0
                && audit.armedTimers() == 0 && audit.poolsFull(), "something is left: " + audit);
            seen.add(List.copyOf(violations));
            return seen;
        }
    }

    /** A map of elements, with key 0 bare and the timer of key 1 bound. */
    private static final class Elements extends State {
        private final boolean evicts;
        private final BpfMap<Integer, String> map;
        private final BpfProg prog = runtime.loadProgram("p", () -> { });
        private final MapElement<Integer, String> first;
        private final MapElement<Integer, String> second;
        private final MapElement<Integer, String> found;
        private final List<MapElement<Integer, String>> cursors = new ArrayList<>();
        private final Consumer<MapElement<Integer, String>> visitor = element -> { };
        private int passes;
        private int fired;

        Elements(final MapPairs.Kind kind, final int handles) {
            evicts = kind == MapPairs.Kind.LRU || kind == MapPairs.Kind.LRU_OF_ONE;
            map = switch (kind) {
                case LRU -> runtime.lruHashMap("m", 2);
                case LRU_OF_ONE -> runtime.lruHashMap("m", 1);
                case GROWING -> runtime.growingHashMap("m", 8);
                default -> runtime.arrayMap("m", 4); // with a block to spare for an init that comes second
            };
            found = map.handle();
            for (int i = 0; i < handles; i++) {
                cursors.add(map.handle());
            }
            map.update(KEYS[1], "b").orThrow();
            second = map.lookup(KEYS[1]);
            second.timer().init(map, ClockId.MONOTONIC).orThrow();
            second.timer().setCallback(prog, (inMap, key, value) -> fired++).orThrow();
            map.update(KEYS[0], "a").orThrow();
            first = map.lookup(KEYS[0]);
        }

        private Status update(final int key, final String value) {
            return map instanceof BpfArrayMap ? ((BpfArrayMap<String>) map).update(key, value) : map.update(KEYS[key], value);
        }

        @Override
        Object call(final MapPairs.Call call) {
            return switch (call) {
                case INSERT -> map.update(KEYS[2], "c");
                case INSERT_ANOTHER -> map.update(KEYS[3], "d");
                case UPDATE -> update(0, "new");
                case DELETE -> map.delete(KEYS[0]);
                case LOOKUP -> map.lookup(KEYS[0], found);
                case PASS -> pass();
                case INIT -> first.timer().init(map, ClockId.MONOTONIC, LEEWAY);
                case START -> second.timer().start(DUE, 0);
                case OPEN -> map.open();
                case SIZE -> size(map);
                case LOOKUP_AT -> ((BpfArrayMap<String>) map).lookupAt(0, found);
                case UPDATE_AT -> ((BpfArrayMap<String>) map).updateAt(0, "at");
                case EVICTIONS -> ((BpfLruHashMap<Integer, String>) map).evictions() < 0 ? "VIOLATION: negative" : "counted";
                default -> map.release();
            };
        }

        /** A handle is for one call at a time, so a pass in a pass has a cursor of its own. */
        private String pass() {
            final int count = map.forEach(cursors.get(passes++), visitor);
            demand(count >= 0 && count <= map.maxEntries() + 1, "passed through " + count); // weakly consistent
            return "passed";
        }

        @Override
        List<Object> look() {
            settle();
            final List<Object> seen = new ArrayList<>(List.of(map.size()));
            for (final Integer key : KEYS) {
                final MapElement<Integer, String> element = map.lookup(key);
                if (element != null && !evicts) {
                    seen.add(key + "=" + element.value());
                }
            }
            final boolean isThere = second.key() != null;
            final Status armed = second.timer().cancelAsync();
            demand(isThere || armed == Status.ENOENT, "the timer of a key that is gone answers " + armed);
            seen.add(evicts ? "any" : armed);
            demand(map.size() <= map.maxEntries(), "too many: " + map.size());
            demand(map.forEach(found, visitor) == map.size(), "counted " + map.size());
            clock.advance(2 * DUE);
            settle();
            demand(fired == 0, "a cancelled timer fired");
            while (map.release() == Status.OK) {
                settle();
            }
            prog.close();
            return seen;
        }
    }

    /** An outer map with one inner map in place 0; another waits to be put in. */
    private static final class Outer extends State {
        private final BpfMapOfMaps<Integer, Integer, String> map;
        private final BpfMap<Integer, String> held = runtime.hashMap("held", 1, 0);
        private final BpfMap<Integer, String> waiting = runtime.hashMap("waiting", 1, 0);
        private boolean waitingReleased;

        Outer(final MapPairs.Kind kind) {
            map = kind == MapPairs.Kind.ARRAY_OF_MAPS ? runtime.arrayOfMaps("m", KEYS.length)
                : runtime.hashOfMaps("m", KEYS.length);
            map.update(KEYS[0], held).orThrow();
        }

        @Override
        Object call(final MapPairs.Call call) {
            return switch (call) {
                case INSERT -> map.update(KEYS[2], waiting);
                case INSERT_ANOTHER -> map.update(KEYS[3], held);
                case UPDATE -> map.update(KEYS[0], waiting);
                case DELETE -> map.delete(KEYS[0]);
                case LOOKUP -> name(map.lookup(KEYS[0]));
                case RELEASE -> map.release();
                case OPEN -> map.open();
                case SIZE -> size(map);
                default -> {
                    waitingReleased = true;
                    yield waiting.release();
                }
            };
        }

        private static String name(final BpfMap<Integer, String> inner) {
            return inner == null ? "nobody" : inner.name();
        }

        @Override
        List<Object> look() {
            settle();
            final List<Object> seen = new ArrayList<>(List.of(map.size()));
            for (final Integer key : KEYS) {
                seen.add(name(map.lookup(key)));
            }
            while (map.release() == Status.OK) {
                settle();
            }
            count(held, 1);
            count(waiting, waitingReleased ? 0 : 1);
            return seen;
        }

        /** A map has this number of user references; it has none afterwards. */
        private void count(final BpfMap<Integer, String> inner, final int right) {
            int users = 0;
            while (inner.release() == Status.OK) {
                users++;
            }
            demand(users == right, inner.name() + " had " + users + " references, not " + right);
        }
    }

    /** Any pair of calls. */
    public static final class Matrix extends Bystanders implements Scenario<State>, MapPairs {
        private final Kind kind;
        private final Call interrupted;
        private final List<Call> nested;
        private final boolean isStopped;

        /** Made by the loader, to make others. */
        public Matrix() {
            this(Kind.LRU, Call.INSERT, List.of(Call.INSERT), false);
        }

        private Matrix(final Kind kind, final Call interrupted, final List<Call> nested, final boolean isStopped) {
            this.kind = kind;
            this.interrupted = interrupted;
            this.nested = List.copyOf(nested);
            this.isStopped = isStopped;
        }

        @Override
        public Scenario<?> pair(final Kind ofKind, final Call interruptedCall, final List<Call> nestedCalls,
                                final boolean stopped) {
            return new Matrix(ofKind, interruptedCall, nestedCalls, stopped);
        }

        @Override
        public State fresh() {
            final State state = kind == Kind.ARRAY_OF_MAPS || kind == Kind.HASH_OF_MAPS ? new Outer(kind)
                : new Elements(kind, 1 + nested.size());
            if (isStopped) {
                state.watch = new Watch(state.runtime, state.clock);
            }
            return state;
        }

        @Override
        public Object interrupted(final State state) {
            return state.call(interrupted);
        }

        @Override
        public Object nested(final State state, final int index) {
            return state.call(nested.get(index));
        }

        @Override
        public Object observe(final State state) {
            return isStopped ? state.watch.violations() : state.end();
        }

        /** Which element is evicted is nobody's promise; in a map of one, or with two in mid-call, every place may be taken. */
        @Override
        public boolean allow(final List<Object> outcome) {
            final String text = outcome.toString();
            return WRONG.stream().noneMatch(text::contains) && (isStopped || kind == Kind.LRU_OF_ONE
                || kind == Kind.LRU && (nested.size() > 1 || !outcome.contains(Status.E2BIG)));
        }
    }
}
