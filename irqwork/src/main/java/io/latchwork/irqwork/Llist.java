// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock-free list that is pushed to one by one and taken off as a whole. It can be closed; a closed list refuses.
 *
 * <p>Who may run with whom ("-": no coordination needed; "1": one thread at a time, the caller sees to it):
 * <pre>
 *            push   isEmpty   isClosed   takeAll   close
 * push        -        -         -          -        -
 * takeAll     -        -         -          -        1
 * close       -        -         -          1        1
 * </pre>
 * A push may interrupt any other call on the same thread, at any instruction.
 *
 * <p><b>Source of the idea:</b> Linux include/linux/llist.h; the closing is ours.
 */
public final class Llist {

    /*
     * Algorithm: a stack that is never popped, only emptied. head is null (empty), the newest node, or CLOSED.
     *
     * Invariants
     *   I1  a node is reachable from head from its successful push until the one take that answers it.
     *   I2  the link of a reachable node is not stored to.
     *   I3  once head is CLOSED it stays CLOSED.
     *   I4  between two takes exactly one push answers EMPTY, the first.
     *
     * No ABA: a push compares head with the very node that it links to; if head went away and came back, linking to
     * it is still right, because nobody but a take, which leaves null, ever removes it. I3 is why takeAll looks before
     * its exchange, and why it must not run against close: an exchange would open a list closed since the look.
     */

    /** What a push met. */
    public enum Push {
        /** The node is on the list, which was empty: whoever runs the list has to be told. */
        EMPTY,
        /** The node is on the list, which was not empty: the push that met it empty tells. */
        NON_EMPTY,
        /** The list is closed; the node is not on it. */
        CLOSED
    }

    private static final LlistNode CLOSED = new LlistNode();

    private static final VarHandle HEAD = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "head", VarHandle.class, Llist.class, LlistNode.class);

    private LlistNode head;

    /** A list that is empty and open. */
    public Llist() {
    }

    /**
     * Puts a node on the list.
     *
     * <p><b>Progress:</b> lock-free: repeats only when another push, take or close succeeded. <b>Context:</b> anywhere,
     * any nesting. <b>Ordering:</b> whoever takes the node sees all that the caller stored before; a push that answers
     * {@link Push#EMPTY} or {@link Push#NON_EMPTY} is sequentially consistent with {@link #isEmpty()}.
     *
     * @param node a node that is on no list and that the caller alone may touch
     * @return what the push met
     */
    public Push push(final LlistNode node) {
        LlistNode first = (LlistNode) HEAD.getOpaque(this); // relaxed: the CAS decides
        while (first != CLOSED) {
            node.next = first;
            // LL1 -> LL2: else the taker could see the node without its link or its contents
            final LlistNode seen = (LlistNode) HEAD.compareAndExchange(this, first, node); // LL3 <-> LL4: see isEmpty
            if (seen == first) {
                return first == null ? Push.EMPTY : Push.NON_EMPTY;
            }
            first = seen;
        }
        node.next = null;
        return Push.CLOSED;
    }

    /**
     * Takes all nodes off the list, newest first.
     *
     * <p><b>Progress:</b> wait-free, 1 load and, if the list is not empty, 1 exchange. <b>Context:</b> any number of
     * takers, but none at the same time as {@link #close()}. <b>Ordering:</b> acquires what the pushers stored.
     *
     * @return the newest node of the chain that now belongs to the caller; null if the list was empty or is closed
     */
    public LlistNode takeAll() {
        final LlistNode first = (LlistNode) HEAD.getOpaque(this); // relaxed: a hint; only the owner can close meanwhile
        if (first == null || first == CLOSED) {
            return null;
        }
        return (LlistNode) HEAD.getAndSet(this, null); // LL2 <- LL1: the links and contents of the nodes are visible
    }

    /**
     * Closes the list for good and takes off what is on it. Every later push is refused; closing again does nothing.
     *
     * <p><b>Progress:</b> wait-free, 1 exchange. <b>Context:</b> one at a time, and no {@link #takeAll()} at the same
     * time. <b>Ordering:</b> as {@link #takeAll()}.
     *
     * @return the newest node of the chain that now belongs to the caller; null if there was none
     */
    public LlistNode close() {
        final LlistNode first = (LlistNode) HEAD.getAndSet(this, CLOSED); // LL2 <- LL1: as takeAll
        return first == CLOSED ? null : first;
    }

    /**
     * Whether nothing was on the list. A hint, unless the caller knows better.
     *
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> anywhere. <b>Ordering:</b> sequentially consistent with
     * {@link #push}: of a push followed by a volatile load, and a volatile store followed by this call, at least one
     * sees the other. That is what a parking worker relies on.
     *
     * @return {@code true} if the list was empty or is closed
     */
    public boolean isEmpty() {
        final LlistNode first = (LlistNode) HEAD.getVolatile(this); // LL4 <-> LL3: else a parking worker misses a push
        return first == null || first == CLOSED;
    }

    /**
     * Whether the list refuses.
     *
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> anywhere.
     *
     * @return {@code true} if it is closed; it stays so
     */
    public boolean isClosed() {
        return (LlistNode) HEAD.getOpaque(this) == CLOSED; // relaxed: a hint; a push finds out by itself
    }

    /**
     * Turns a chain round, so that the oldest node comes first.
     *
     * <p><b>Progress:</b> wait-free, 1 step a node. <b>Context:</b> the owner of the chain.
     *
     * @param chain the first node of a chain that was taken off a list, or null
     * @return the first node of the same chain in opposite order, or null
     */
    public static LlistNode reverse(final LlistNode chain) {
        LlistNode rest = chain;
        LlistNode done = null;
        while (rest != null) {
            final LlistNode following = rest.next;
            rest.next = done;
            done = rest;
            rest = following;
        }
        return done;
    }
}
