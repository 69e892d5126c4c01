// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.irqwork.Llist;
import io.latchwork.irqwork.LlistNode;
import io.latchwork.nmi.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Llist: push, takeAll, close and isEmpty in one another. */
public final class LlistScenarios {

    private LlistScenarios() {
    }

    /** A node with a number. */
    static final class Node extends LlistNode {
        private final int value;

        Node(final int value) {
            this.value = value;
        }
    }

    static List<Integer> values(final LlistNode chain) {
        final List<Integer> values = new ArrayList<>();
        for (LlistNode node = chain; node != null; node = node.next()) {
            values.add(((Node) node).value);
        }
        return values;
    }

    /** A push interrupts a push. */
    public static class PushInPush implements Scenario<Llist> {
        @Override
        public Llist fresh() {
            return new Llist();
        }

        @Override
        public Object interrupted(final Llist list) {
            return list.push(new Node(1)).name();
        }

        @Override
        public Object nested(final Llist list, final int index) {
            return list.push(new Node(2 + index)).name();
        }

        @Override
        public Object observe(final Llist list) {
            return list.isClosed() + " " + values(Llist.reverse(list.takeAll()));
        }
    }

    /** A push interrupts a take. */
    public static class PushInTake extends PushInPush {
        @Override
        public Llist fresh() {
            final Llist list = new Llist();
            list.push(new Node(8));
            list.push(new Node(9));
            return list;
        }

        @Override
        public Object interrupted(final Llist list) {
            return values(list.takeAll());
        }
    }

    /** A take, and a look, interrupt a push. */
    public static final class TakeInPush extends PushInTake {
        @Override
        public Object interrupted(final Llist list) {
            return list.push(new Node(1)).name();
        }

        @Override
        public Object nested(final Llist list, final int index) {
            return index == 0 ? values(list.takeAll()) : "empty " + list.isEmpty();
        }
    }

    /** A push interrupts a close. */
    public static class PushInClose extends PushInTake {
        @Override
        public Object interrupted(final Llist list) {
            return values(list.close());
        }
    }

    /** A close interrupts a push. */
    public static final class CloseInPush extends PushInTake {
        @Override
        public Object interrupted(final Llist list) {
            return list.push(new Node(1)).name();
        }

        @Override
        public Object nested(final Llist list, final int index) {
            return values(list.close());
        }
    }
}
