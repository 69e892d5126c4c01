// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A place in a bucket's chain: an element, or the marker behind a deleted element. */
class Link {
    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Link.class, "next", Link.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Link next;

    final Link next() {
        // AC24 <- AC23: sees the fields of the element. AC2 <-> AC1: a release sees what was inserted before it
        return (Link) NEXT.getVolatile(this);
    }

    final boolean casNext(Link expected, Link update) {
        // AC23 -> AC24: publishes the element, or the marker. AC1 <-> AC2: before the inserter looks at the user references
        return NEXT.compareAndSet(this, expected, update);
    }

    /** Before this link is published. */
    final void nextBeforePublishing(Link link) {
        NEXT.setOpaque(this, link); // relaxed: the compare-and-set that publishes this link orders it
    }
}
