// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LLZ_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** What is published is complete: values, links, blocks, pools, places. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class MapHandoverStress {

    /** A value with a plain field. */
    static final class Box {
        int content;

        Box(int content) {
            this.content = content;
        }
    }

    /** An update against a reader. r1: the content of the value that was read. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "The old value.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "The new value, complete.")
    @Outcome(expect = FORBIDDEN, desc = "A half-built value: AC19 -> AC20 is broken.")
    @State
    public static class ValueIsComplete extends KindsRig {
        private final HashMapImpl<Integer, Box> map = new HashMapImpl<>(context, "m", 1, 0);
        private final MapElement<Integer, Box> element;

        /** Begins with a value. */
        public ValueIsComplete() {
            MapRig.check(map.update(1, new Box(1)));
            element = map.lookup(1);
        }

        /** Updates. */
        @Actor
        public void updater() {
            MapRig.check(map.update(1, new Box(2)));
        }

        /** Reads. */
        @Actor
        public void reader(I_Result r) {
            r.r1 = element.value().content;
        }
    }

    /** A map with two elements, whose chain gets or loses one. */
    public abstract static class Chain extends KindsRig {
        static final int KEYS = 3;
        final HashMapImpl<Integer, Box> map = new HashMapImpl<>(context, "m", KEYS, 0);

        final void put(int key) {
            MapRig.check(map.update(key, new Box(key)));
        }

        /** The content of a key's value, or 0. */
        final int content(int key) {
            MapElement<Integer, Box> found = map.lookup(key);
            Integer ofElement = found == null ? null : found.key();
            Box value = found == null ? null : found.value();
            return ofElement == null || value == null ? 0 : ofElement == key ? value.content : -1; // none, or deleted meanwhile
        }

        /** Whether the neighbours are found, both of them. */
        final boolean othersAreThere() {
            return content(1) == 1 && content(2) == 2;
        }
    }

    /** An insertion against searches. r1: the neighbours were found, r2: what was found of the new element. */
    @JCStressTest
    @Outcome(id = {"true, 0", "true, 3"}, expect = ACCEPTABLE,
        desc = "Nobody else is lost; the new one is there, complete, or not.")
    @Outcome(expect = FORBIDDEN, desc = "A search met an element without its key, value or link: AC23 -> AC24 is broken.")
    @State
    public static class InsertOrFind extends Chain {
        /** Begins with its neighbours. */
        public InsertOrFind() {
            put(1);
            put(2);
        }

        /** Inserts. */
        @Actor
        public void inserter() {
            put(3);
        }

        /** Looks for all. */
        @Actor
        public void reader(ZI_Result r) {
            r.r1 = othersAreThere();
            r.r2 = content(3);
        }
    }

    /** A deletion against searches. r1: the neighbours were found, r2: what was found of the element. */
    @JCStressTest
    @Outcome(id = {"true, 0", "true, 3"}, expect = ACCEPTABLE, desc = "Nobody else is lost; the element is there, or not.")
    @Outcome(expect = FORBIDDEN, desc = "A search was led astray by the marker: AC23 -> AC24 is broken.")
    @State
    public static class DeleteOrFind extends Chain {
        /** Begins with all three, the one to go in the middle of its chain, if they share one. */
        public DeleteOrFind() {
            put(1);
            put(3);
            put(2);
        }

        /** Deletes. */
        @Actor
        public void deleter() {
            MapRig.check(map.delete(3));
        }

        /** Looks for all. */
        @Actor
        public void reader(ZI_Result r) {
            r.r2 = content(3);
            r.r1 = othersAreThere();
        }
    }

    /** An init against calls on the timer. r1, r2: answers of setCallback and start; r3: callbacks. */
    @JCStressTest
    @Outcome(id = "EINVAL, EINVAL, 0", expect = ACCEPTABLE, desc = "Nothing was initialised yet.")
    @Outcome(id = "OK, OK, 1", expect = ACCEPTABLE, desc = "The block was complete, and it fired.")
    @Outcome(expect = FORBIDDEN, desc = "A call met a block of another life, or half of one: AC25 -> AC26 is broken (Z61).")
    @State
    public static class InitOrBind extends MapRig {
        /** Initialises. */
        @Actor
        public void initialiser() {
            check(init());
        }

        /** Binds and arms. */
        @Actor
        public void caller(LLI_Result r) {
            Status bound = bind();
            r.r1 = bound;
            r.r2 = bound == Status.OK ? timer.start(0, 0) : bound;
        }

        /** Lets it fire. */
        @Arbiter
        public void rest(LLI_Result r) {
            work();
            r.r3 = fired;
        }
    }

    /** Two inits of one timer. r1, r2: their answers; r3: nothing is left at the end. */
    @JCStressTest
    @Outcome(id = {"OK, EBUSY, true", "EBUSY, OK, true"}, expect = ACCEPTABLE,
        desc = "One block was attached, the other given back.")
    @Outcome(expect = FORBIDDEN, desc = "Two blocks, or none, or one was lost: the swap of AC25 -> AC26 does not decide (Z19).")
    @State
    public static class InitOrInit extends KindsRig {
        private final HashMapImpl<Integer, String> map = new HashMapImpl<>(context, "m", 2, 2);
        private final MapElement<Integer, String> element;

        /** Begins with an element. */
        public InitOrInit() {
            MapRig.check(map.update(1, "value"));
            element = map.lookup(1);
        }

        /** Initialises. */
        @Actor
        public void one(LLZ_Result r) {
            r.r1 = element.timer().init(map, ClockId.MONOTONIC);
        }

        /** As well. */
        @Actor
        public void two(LLZ_Result r) {
            r.r2 = element.timer().init(map, ClockId.MONOTONIC);
        }

        /** Counts. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = closes(map);
        }
    }

    /** An init of a work against calls on it. r1, r2: answers of setCallback and start; r3: runs. */
    @JCStressTest
    @Outcome(id = "EINVAL, EINVAL, 0", expect = ACCEPTABLE, desc = "Nothing was initialised yet.")
    @Outcome(id = "OK, OK, 1", expect = ACCEPTABLE, desc = "The block was complete, and it ran.")
    @Outcome(expect = FORBIDDEN, desc = "A call met a block of another life, or half of one: AC80 -> AC81 is broken (Z61).")
    @State
    public static class InitOrBindWork extends WorkKindsRig {
        /** Initialises. */
        @Actor
        public void initialiser() {
            MapRig.check(first.wq().init(map));
        }

        /** Binds and starts. */
        @Actor
        public void caller(LLI_Result r) {
            Status bound = bind(first);
            r.r1 = bound;
            r.r2 = bound == Status.OK ? first.wq().start() : bound;
        }

        /** Lets it run. */
        @Arbiter
        public void rest(LLI_Result r) {
            runAll();
            r.r3 = ran;
        }
    }

    /** The first two works of a map, at once. r1, r2: answers of init; r3: all is back in one pool at the end. */
    @JCStressTest
    @Outcome(id = "OK, OK, true", expect = ACCEPTABLE, desc = "One made the pool, both took their blocks from it.")
    @Outcome(expect = FORBIDDEN, desc = "A block of a pool that lost, or of half a pool: AC88 -> AC89 is broken.")
    @State
    public static class PoolOrPool extends WorkKindsRig {
        /** Initialises one. */
        @Actor
        public void one(LLZ_Result r) {
            r.r1 = first.wq().init(map);
        }

        /** Initialises another. */
        @Actor
        public void two(LLZ_Result r) {
            r.r2 = second.wq().init(map);
        }

        /** Counts. */
        @Arbiter
        public void rest(LLZ_Result r) {
            r.r3 = closes(map);
        }
    }

    /** Two threads that bind themselves in place of a dead one. r1, r2: whether they are bound; r3: bindings that were lost. */
    @JCStressTest
    @Outcome(id = {"true, false, 0", "false, true, 0"}, expect = ACCEPTABLE,
        desc = "One took the dead one's place, and keeps it.")
    @Outcome(expect = FORBIDDEN, desc = "A live thread lost its binding: AC38 -> AC39 is broken.")
    @State
    public static class BoundOrForgotten {
        private static final Thread DEAD = new Thread(() -> { });
        private static final Thread ONE = sleeper();
        private static final Thread TWO = sleeper();
        private final BoundThreads bound = new BoundThreads(1);

        /** Begins full. */
        public BoundOrForgotten() {
            bound.bind(DEAD, 0);
        }

        /** A thread that lives: those that run the actors come and go. */
        private static Thread sleeper() {
            Thread thread = new Thread(() -> {
                for (;;) {
                    LockSupport.park();
                }
            });
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        /** Binds one. */
        @Actor
        public void one(ZZI_Result r) {
            r.r1 = bound.bind(ONE, 1);
        }

        /** Binds the other. */
        @Actor
        public void two(ZZI_Result r) {
            r.r2 = bound.bind(TWO, 2);
        }

        /** Looks for both. */
        @Arbiter
        public void rest(ZZI_Result r) {
            r.r3 = (r.r1 && bound.find(ONE) != 1 ? 1 : 0) + (r.r2 && bound.find(TWO) != 2 ? 1 : 0);
        }
    }

    /** A timer without a map, handed over by a race. r1: answer of a start, or null if there was no timer yet. */
    @JCStressTest
    @Outcome(id = "null", expect = ACCEPTABLE, desc = "There is no timer yet.")
    @Outcome(id = "OK", expect = ACCEPTABLE, desc = "It is there, with its block, and was started.")
    @Outcome(id = "ENOENT", expect = ACCEPTABLE, desc = "It is there, and its block can not be found yet.")
    @Outcome(expect = FORBIDDEN, desc = "The call met half a block: AC34 -> AC35 is broken.")
    @State
    public static class HandedOverByARace extends KindsRig {
        private final MaplessTimers timers = new MaplessTimers(context);
        private MaplessTimer timer;

        /** Makes it. */
        @Actor
        public void maker() {
            timer = timers.newTimer(prog, self -> { }, ClockId.MONOTONIC, 0);
        }

        /** Finds it. */
        @Actor
        public void caller(L_Result r) {
            MaplessTimer found = timer;
            r.r1 = found == null ? null : found.start(0, 0);
        }
    }
}
