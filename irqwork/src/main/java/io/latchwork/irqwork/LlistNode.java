// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

/**
 * The link of an element of a {@link Llist}: elements extend this class, so that putting them on a list allocates
 * nothing. A node may be on one list at a time.
 *
 * <p>The link is a plain field. It is touched only by whoever owns the node: the pusher until its push succeeded, the
 * taker afterwards; the head of the list hands it over.
 *
 * <p><b>Source of the idea:</b> Linux include/linux/llist.h.
 */
public class LlistNode {

    /** The node pushed before this one, or null; see the class description for who may touch it. */
    LlistNode next;

    /** A node that is on no list. */
    public LlistNode() {
    }

    /**
     * The node after this one in a chain that was taken off a list.
     *
     * <p><b>Progress:</b> wait-free. <b>Context:</b> the owner of the chain.
     *
     * @return the next node, or null at the end
     */
    public final LlistNode next() {
        return next;
    }

    /**
     * Cuts this node off the rest of its chain. Whoever walks a chain and gives its nodes away calls this before the
     * node can be pushed again by others.
     *
     * <p><b>Progress:</b> wait-free. <b>Context:</b> the owner of the chain.
     *
     * @return the next node, or null at the end
     */
    public final LlistNode detach() {
        final LlistNode rest = next;
        next = null;
        return rest;
    }
}
