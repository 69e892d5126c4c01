// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork.broken;

import io.latchwork.irqwork.LlistStress;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The claims of {@link LlistStress} over a list with one bug each. Each was seen failing on x86-64. */
@SuppressWarnings("this-escape") // each state is made whole before it is shared
public class LlistTwins {

    /** A node. */
    static final class Node {
        final int payload;
        volatile Node next;

        Node(int payload) {
            this.payload = payload;
        }
    }

    private static int payloads(Node chain) {
        int sum = 0;
        for (Node at = chain; at != null; at = at.next) {
            sum += at.payload;
        }
        return sum;
    }

    private static void push(AtomicReference<Node> head, Node node) {
        Node first;
        do {
            first = head.get();
            node.next = first;
        } while (!head.compareAndSet(first, node));
    }

    /** The link is stored after the node was published: LL1 comes too early. */
    @JCStressTest
    @JCStressMeta(LlistStress.PushPublishes.class)
    @State
    public static class LinkAfterPush {
        private final AtomicReference<Node> head = new AtomicReference<>(new Node(1));

        /** Publishes, then links. */
        @Actor
        public void pusher() {
            Node node = new Node(2);
            node.next = head.getAndSet(node);
        }

        /** Takes all. */
        @Actor
        public void taker(II_Result r) {
            r.r1 = payloads(head.getAndSet(null));
        }

        /** What is left. */
        @Arbiter
        public void rest(II_Result r) {
            r.r2 = payloads(head.get());
        }
    }

    /** The take is a load and a store in place of one exchange. */
    @JCStressTest
    @JCStressMeta(LlistStress.NoNodeIsLost.class)
    @State
    public static class TakeInTwoSteps {
        private final AtomicReference<Node> head = new AtomicReference<>();

        /** Pushes two nodes. */
        @Actor
        public void pusher() {
            push(head, new Node(1));
            push(head, new Node(2));
        }

        /** Loads, then clears. */
        @Actor
        public void taker(II_Result r) {
            Node first = head.get();
            head.set(null);
            r.r1 = payloads(first);
        }

        /** What is left. */
        @Arbiter
        public void rest(II_Result r) {
            r.r2 = payloads(head.get());
        }
    }

    /** Whether the list was empty is decided by a look before the push. */
    @JCStressTest
    @JCStressMeta(LlistStress.OnePushIsFirst.class)
    @State
    public static class LookedBefore {
        private final AtomicReference<Node> head = new AtomicReference<>();

        private boolean isFirst(Node node) {
            boolean wasEmpty = head.get() == null;
            push(head, node);
            return wasEmpty;
        }

        /** Pushes. */
        @Actor
        public void one(ZZ_Result r) {
            r.r1 = isFirst(new Node(1));
        }

        /** Pushes. */
        @Actor
        public void two(ZZ_Result r) {
            r.r2 = isFirst(new Node(2));
        }
    }
}
