// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.toy;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** An intrusive lock-free list, with broken forms of its calls. */
public final class ToyList {

    private static final VarHandle FIRST = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "first", VarHandle.class, ToyList.class, Node.class);

    private Node first;

    /** An element. */
    public static final class Node {
        public final int value;
        public Node next;

        public Node(final int value) {
            this.value = value;
        }
    }

    public boolean push(final Node node) {
        Node seen;
        do {
            seen = (Node) FIRST.getAcquire(this);
            node.next = seen;
        } while (!FIRST.weakCompareAndSetRelease(this, seen, node));
        return seen == null;
    }

    /** Broken: loses a push that comes between the load and the store. */
    public boolean pushUnchecked(final Node node) {
        final Node seen = (Node) FIRST.getAcquire(this);
        node.next = seen;
        FIRST.setRelease(this, node);
        return seen == null;
    }

    /** Right, but makes its own node. */
    public boolean pushNew(final int value) {
        return push(new Node(value));
    }

    public Node takeAll() {
        return (Node) FIRST.getAndSetAcquire(this, (Node) null);
    }

    /** Broken: loses a push that comes between the load and the store. */
    public Node takeUnchecked() {
        final Node seen = (Node) FIRST.getAcquire(this);
        FIRST.setRelease(this, (Node) null);
        return seen;
    }
}
