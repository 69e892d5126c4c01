// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What pushers and takers of a {@link Llist} may see of each other. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class LlistStress {

    /** A node with a plain payload. */
    static final class Item extends LlistNode {
        int payload;
    }

    private static int payloads(LlistNode chain) {
        int sum = 0;
        for (LlistNode at = chain; at != null; at = at.next()) {
            sum += ((Item) at).payload;
        }
        return sum;
    }

    /** Whoever takes a node sees its payload and its link. r1: what the taker summed up, r2: what was left. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The take came before the push, which stayed on the list.")
    @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "The take saw both nodes, the link and the payload.")
    @Outcome(expect = FORBIDDEN, desc = "A node was seen without its link or payload: LL1 -> LL2 is broken.")
    @State
    public static class PushPublishes {
        private final Llist list = new Llist();
        private final Item item = new Item();

        /** Begins with one node of payload 1. */
        public PushPublishes() {
            Item first = new Item();
            first.payload = 1;
            list.push(first);
        }

        /** Fills a node and pushes it. */
        @Actor
        public void pusher() {
            item.payload = 2;
            list.push(item);
        }

        /** Takes all. */
        @Actor
        public void taker(II_Result r) {
            r.r1 = payloads(list.takeAll());
        }

        /** What is left. */
        @Arbiter
        public void rest(II_Result r) {
            r.r2 = payloads(list.takeAll());
        }
    }

    /** A take that meets a push loses neither node. */
    @JCStressTest
    @Outcome(id = "0, 3", expect = ACCEPTABLE, desc = "The take came before both pushes.")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The take came between the pushes.")
    @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "The take came after both pushes.")
    @Outcome(expect = FORBIDDEN, desc = "A node was lost or taken twice: the exchange of LL2 is not one step.")
    @State
    public static class NoNodeIsLost {
        private final Llist list = new Llist();
        private final Item one = new Item();
        private final Item two = new Item();

        /** Pushes two nodes. */
        @Actor
        public void pusher() {
            one.payload = 1;
            list.push(one);
            two.payload = 2;
            list.push(two);
        }

        /** Takes all. */
        @Actor
        public void taker(II_Result r) {
            r.r1 = payloads(list.takeAll());
        }

        /** What is left. */
        @Arbiter
        public void rest(II_Result r) {
            r.r2 = payloads(list.takeAll());
        }
    }

    /** Of two pushes to an empty list exactly one is told that it was the first. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The first push met the list empty and raises.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The second push met the list empty and raises.")
    @Outcome(expect = FORBIDDEN, desc = "No push, or both, would raise the worker: invariant I4 of LL3 is broken.")
    @State
    public static class OnePushIsFirst {
        private final Llist list = new Llist();

        /** Pushes. */
        @Actor
        public void one(ZZ_Result r) {
            r.r1 = list.push(new Item()) == Llist.Push.EMPTY;
        }

        /** Pushes. */
        @Actor
        public void two(ZZ_Result r) {
            r.r2 = list.push(new Item()) == Llist.Push.EMPTY;
        }
    }
}
