// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.rcu.RcuHead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An element: key, value, and the slots that the timer and the work are embedded in. Recycled only after a grace period.
 *
 * <pre>
 * life word
 * bits 63..32  generation: one more each time the element is recycled
 * bits 31..1   version: one more each time the value is replaced
 * bit  0       LIVE
 *
 * dead(g) -&gt; live(g, 0) (insert) -&gt; live(g, v + 1) (update) -&gt; dead(g) (delete) -&gt; dead(g + 1) (recycled)
 * </pre>
 */
final class Element<K, V> extends WorkSlot {
    private static final VarHandle LIFE;
    private static final VarHandle VALUE;
    private static final long LIVE = 1;
    private static final long VERSION_ONE = 2;
    private static final long GENERATION_MASK = 0xffff_ffff_0000_0000L;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LIFE = lookup.findVarHandle(Element.class, "life", long.class);
            VALUE = lookup.findVarHandle(Element.class, "value", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Follows this element once it is marked; its next is where the chain went on at that moment. */
    final Link marker = new Link();
    final int poolIndex;
    final RcuHead head;

    // written before the element is published, and not again before a grace period has passed
    int hash;
    K key;

    private V value;
    private long life;

    Element(ElementStore<K, V> home, int poolIndex) {
        this.poolIndex = poolIndex;
        this.head = new RcuHead() {
            @Override
            protected void reclaim() {
                home.recycled(Element.this);
            }
        };
    }

    // --------------------------------------------------------------------------------------------------- life

    long life() {
        return (long) LIFE.getVolatile(this); // AC17 <-> AC18: after the timer slot was written, in init's second look
    }

    static boolean isLive(long life) {
        return (life & LIVE) != 0;
    }

    static int generation(long life) {
        return (int) (life >>> 32);
    }

    /** Fills a fresh element; the caller publishes it afterwards. */
    void fill(int ofHash, K ofKey, V ofValue) {
        hash = ofHash;
        key = ofKey;
        VALUE.setRelease(this, ofValue); // AC19 -> AC20: publishes the content; and the death before, to a stale handle
        long seen = (long) LIFE.get(this); // plain: only this thread has the element
        LIFE.setOpaque(this, seen & GENERATION_MASK | LIVE); // relaxed: stale handles look at the generation only
    }

    /** One caller only gets true: the one that deletes the element. */
    boolean tryKill() {
        for (;;) {
            long seen = (long) LIFE.getAcquire(this); // relaxed: the compare-and-set below decides
            if (!isLive(seen)) {
                return false;
            }
            if (LIFE.compareAndSet(this, seen, seen & ~LIVE)) { // AC18 <-> AC17: before the timer slot is emptied
                return true;
            }
        }
    }

    V value() {
        @SuppressWarnings("unchecked")
        V seen = (V) VALUE.getAcquire(this); // AC20 <- AC19: sees the content, and that the element died before a later life
        return seen;
    }

    /**
     * Replaces the value of a live element. The bump comes first: it decides that the update takes place, and only once;
     * if the element is deleted after it, the update came before. False if it was deleted already.
     */
    boolean tryReplace(V newValue) {
        for (;;) {
            long seen = (long) LIFE.getAcquire(this); // relaxed: the compare-and-set below decides
            if (!isLive(seen)) {
                return false;
            }
            long bumped = seen & GENERATION_MASK | seen + VERSION_ONE & ~GENERATION_MASK;
            if (LIFE.compareAndSet(this, seen, bumped)) { // AC18 <-> AC17: before the timer slot is emptied
                VALUE.setRelease(this, newValue); // AC19 -> AC20: publishes the value's content
                return true;
            }
        }
    }

    /** After a grace period: the next life. */
    void nextGeneration() {
        key = null;
        VALUE.setRelease(this, null); // AC19 -> AC20: a stale handle that meets it sees the death before
        nextBeforePublishing(null);
        marker.nextBeforePublishing(null);
        long seen = (long) LIFE.get(this); // plain: as above
        LIFE.setOpaque(this, (seen & GENERATION_MASK) + (1L << 32)); // relaxed: stale handles differ by now anyway
    }
}
