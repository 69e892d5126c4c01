// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLZ_Result;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/** Evictions against what happens to the evicted element, and against each other. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class LruStress {
    private static final Integer KEY = 1;
    private static final Integer NEIGHBOUR = 2;
    private static final Integer NEW = 3;
    private static final Integer NEWER = 4;

    /** A full map of two, of which no element is marked as used. */
    public abstract static class FullMap extends KindsRig {
        final LruHashMapImpl<Integer, String> map = new LruHashMapImpl<>(context, "m", 2);

        FullMap() {
            map.update(KEY, "value");
            map.update(NEIGHBOUR, "value");
            map.forEachLive(Element::forgetUse);
        }
    }

    /**
     * An insertion that evicts against a caller that looks an element up and arms its timer. r1: the first refusal of the
     * caller, or OK; r2: the timer fired if it was armed and its element was kept, and only then; r3: all is recycled.
     */
    @JCStressTest
    @Outcome(id = "OK, true, true", expect = ACCEPTABLE, desc = "Armed, and then evicted and cancelled, or kept and fired.")
    @Outcome(id = "ENOENT, true, true", expect = ACCEPTABLE, desc = "The eviction was first.")
    @Outcome(expect = FORBIDDEN,
        desc = "An evicted element's timer fired, a kept one's did not, or something was lost: AC17 <-> AC18 is broken.")
    @State
    public static class EvictOrArm extends FullMap {
        /** Looks up and arms. */
        @Actor
        public void starter(LZZ_Result r) {
            MapElement<Integer, String> element = map.lookup(KEY);
            r.r1 = element == null ? Status.ENOENT : arm(map, element.timer());
        }

        /** Evicts one of the two. */
        @Actor
        public void inserter() {
            MapRig.check(map.update(NEW, "value"));
        }

        /** Runs what is left. */
        @Arbiter
        public void rest(LZZ_Result r) {
            boolean kept = map.find(KEY) != null;
            settle();
            r.r2 = fired == (kept && r.r1 == Status.OK ? 1 : 0);
            r.r3 = map.size() == 2 && map.evictions() == 1 && closes(map);
        }
    }

    /** Two insertions into a full map. r1, r2: their answers; r3: two elements are left, two were evicted, all is recycled. */
    @JCStressTest
    @Outcome(id = "OK, OK, true", expect = ACCEPTABLE, desc = "Each evicted one and took its place.")
    @Outcome(expect = FORBIDDEN,
        desc = "A place was snatched or lost, or an element was evicted twice: AC18 <-> AC17 picks no single winner.")
    @State
    public static class EvictOrEvict extends FullMap {
        /** Evicts one. */
        @Actor
        public void first(LLZ_Result r) {
            r.r1 = map.update(NEW, "value");
        }

        /** Evicts another. */
        @Actor
        public void second(LLZ_Result r) {
            r.r2 = map.update(NEWER, "value");
        }

        /** Counts. */
        @Arbiter
        public void rest(LLZ_Result r) {
            int[] live = new int[1];
            map.forEachLive(element -> live[0]++);
            r.r3 = live[0] == 2 && map.size() == 2 && map.evictions() == 2 && closes(map);
        }
    }
}
