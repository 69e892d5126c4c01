// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.internal.TaggedPool;
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
    private static final VarHandle USED;
    private static final long LIVE = 1;
    private static final long VERSION_ONE = 2;
    private static final long GENERATION_MASK = 0xffff_ffff_0000_0000L;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LIFE = lookup.findVarHandle(Element.class, "life", long.class);
            VALUE = lookup.findVarHandle(Element.class, "value", Object.class);
            USED = lookup.findVarHandle(Element.class, "used", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Follows this element once it is marked; its next is where the chain went on at that moment. Null in an array. */
    final Link marker;
    final int poolIndex;
    /** Waits for the grace period. Null in an array. */
    final RcuHead head;

    // written before the element is published, and not again before a grace period has passed
    int hash;
    K key;

    private V value;
    private long life;
    private boolean used;

    /** An element of a chain, which is recycled. */
    Element(ElementStore<K, V> home, int poolIndex) {
        this.marker = new Link();
        this.poolIndex = poolIndex;
        this.head = new RcuHead() {
            @Override
            protected void reclaim() {
                home.recycled(Element.this);
            }
        };
    }

    /** An element of an array: live at once, without a value, and not recycled. */
    Element(int index, K key) {
        this.marker = null;
        this.poolIndex = TaggedPool.NOT_POOLED;
        this.head = null;
        this.hash = index << 1; // so that neighbours have different home bases
        this.key = key;
        this.life = LIVE;
    }

    // --------------------------------------------------------------------------------------------------- life

    long life() {
        // AC17 <-> AC18: after the timer slot was written, in init's second look. AC62 <-> AC63: after the exchange of the value
        return (long) LIFE.getVolatile(this);
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
            // AC18 <-> AC17: before the timer slot is emptied. AC63 <-> AC62: before the value is exchanged
            if (LIFE.compareAndSet(this, seen, seen & ~LIVE)) {
                return true;
            }
        }
    }

    V value() {
        @SuppressWarnings("unchecked")
        V seen = (V) VALUE.getAcquire(this); // AC20 <- AC19: sees the content, and that the element died before a later life
        return seen;
    }

    /** Whether this is still the value, seen after a block that was begun with it was attached. */
    boolean hasStill(V value) {
        // AC17 <-> AC18: after the timer slot was written. An update decides first and stores then: the life alone does not tell
        return (Object) VALUE.getVolatile(this) == value;
    }

    /**
     * Decides that an update of a live element takes place, and only once; if the element is deleted after it, the update
     * came before. The caller stores the value, and then cancels what belonged to the one before. False if the element was
     * deleted already.
     */
    boolean tryBump() {
        for (;;) {
            long seen = (long) LIFE.getAcquire(this); // relaxed: the compare-and-set below decides
            if (!isLive(seen)) {
                return false;
            }
            long bumped = seen & GENERATION_MASK | seen + VERSION_ONE & ~GENERATION_MASK;
            if (LIFE.compareAndSet(this, seen, bumped)) { // AC18 <-> AC17: before the timer slot is emptied
                return true;
            }
        }
    }

    /** Replaces the value of a live element. False if it was deleted already. */
    boolean tryReplace(V newValue) {
        if (!tryBump()) {
            return false;
        }
        // AC19 -> AC20: publishes the value's content. AC18 <-> AC17: before the timer slot is looked at
        VALUE.setVolatile(this, newValue);
        return true;
    }

    /** Puts a value in, or null, and takes out what was there. Who puts a value in looks at the life again, afterwards. */
    @SuppressWarnings("unchecked")
    V exchange(V newValue) {
        // AC19 -> AC20, AC18 <-> AC17: as above. AC62 <-> AC63: before an update looks at the life.
        // AC63 <-> AC62: after a delete has ended it
        return (V) VALUE.getAndSet(this, newValue);
    }

    // --------------------------------------------------------------------------------------------------- eviction

    /** Notes that the element was used. Writes only what is not there yet, lest lookups contend. */
    void use() {
        if (!isUsed()) {
            USED.setOpaque(this, true); // relaxed: a hint to the hand
        }
    }

    boolean isUsed() {
        return (boolean) USED.getOpaque(this); // relaxed: a hint
    }

    void forgetUse() {
        USED.setOpaque(this, false); // relaxed: a hint; a use that comes at the same moment may be forgotten with it
    }

    // --------------------------------------------------------------------------------------------------- recycling

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
