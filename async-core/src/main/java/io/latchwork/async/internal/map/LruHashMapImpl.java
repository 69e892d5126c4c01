// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfLruHashMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A hash map that evicts when it is full.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public final class LruHashMapImpl<K, V> extends HashMapCore<K, V> implements BpfLruHashMap<K, V> {
    /*
     * Algorithm. An insertion that finds no place left moves the hand, one chain at a time, and looks at the elements in it:
     * one that is marked as used loses the mark, one that is not is evicted. After MAX_LOOKS elements that were all marked
     * the last of them is evicted. The hand goes round the chains, not the pool, so that elements beyond the pool are seen.
     * Insertions that evict at the same time share the hand, and so each look at chains of their own.
     *
     * Evicting is deleting, but for one thing: the place is not given back and taken again, it passes from the element that
     * was killed to the one that is inserted. So nobody can snatch it, an eviction is never made for nothing, and an
     * insertion that has killed an element cannot fail.
     *
     * Lock-free. There is no element to evict only while every place of the map belongs to somebody in mid-call: an insertion
     * that has taken its place and not linked its element yet, or a delete that has killed one and not given its place back.
     * A pass over all chains that finds none therefore means that others moved on, or are stopped in these few
     * instructions. After MAX_PASSES such passes the answer is E2BIG: in an NMI the interrupted call may be the one that
     * holds the only place, and cannot be waited for. At most one place belongs to each call in progress, so it takes as many
     * of them as the map has entries.
     */
    static final int MAX_LOOKS = 32;
    private static final int MAX_PASSES = 64;

    private static final VarHandle HAND;
    private static final VarHandle EVICTIONS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HAND = lookup.findVarHandle(LruHashMapImpl.class, "hand", int.class);
            EVICTIONS = lookup.findVarHandle(LruHashMapImpl.class, "evictions", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int hand;
    private long evictions;

    /**
     * An empty preallocated map with one user reference.
     *
     * @param context what it shares with the other maps of the runtime
     * @param name used in reports
     * @param maxEntries how many elements fit
     */
    public LruHashMapImpl(MapContext context, String name, int maxEntries) {
        super(context, name, maxEntries, maxEntries, false);
    }

    @Override
    public long evictions() {
        return (long) EVICTIONS.getAcquire(this); // relaxed: a statistic
    }

    @Override
    void used(Element<K, V> element) {
        element.use();
    }

    @Override
    Element<K, V> takeElement() {
        for (int passes = 0; passes < MAX_PASSES; passes++) {
            Element<K, V> free = table.take();
            if (free != null) {
                return free;
            }
            if (evict()) {
                return table.takeInPlace();
            }
            Thread.onSpinWait();
        }
        return null;
    }

    /** Kills an element, and keeps its place. False if there was none in any chain. */
    private boolean evict() {
        BucketTable buckets = table.buckets();
        Element<K, V> last = null;
        int looks = 0;
        for (int passed = 0; passed < buckets.buckets(); passed++) {
            int at = (int) HAND.getAndAdd(this, 1) & buckets.buckets() - 1; // relaxed: shares the chains out, orders nothing
            for (Element<K, V> element = live(buckets.first(at)); element != null; element = live(element.next())) {
                looks++;
                if (!element.isUsed() || looks >= MAX_LOOKS) {
                    if (tryEvict(element)) {
                        return true;
                    }
                } else {
                    element.forgetUse();
                    last = element;
                }
            }
        }
        return last != null && tryEvict(last) || evictAny(); // a small map, all of it in use; or one that others are busy with
    }

    /** Goes over every chain, which the shared hand does only while nobody else moves it. */
    private boolean evictAny() {
        BucketTable buckets = table.buckets();
        for (int at = 0; at < buckets.buckets(); at++) {
            for (Element<K, V> element = live(buckets.first(at)); element != null; element = live(element.next())) {
                if (tryEvict(element)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The first live element in a chain, from some link on. */
    @SuppressWarnings("unchecked")
    private static <K, V> Element<K, V> live(Link from) {
        Link at = from;
        while (at != null && !(at instanceof Element && Element.isLive(((Element<K, V>) at).life()))) {
            at = at.next();
        }
        return (Element<K, V>) at;
    }

    private boolean tryEvict(Element<K, V> element) {
        if (!element.tryKill()) {
            return false;
        }
        EVICTIONS.getAndAdd(this, 1L); // relaxed: a statistic
        cancelAndFree(element, null);
        table.unlink(element);
        return true;
    }
}
