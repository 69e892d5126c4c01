// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.RefCount;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.rcu.RcuSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A hash map of preallocated elements in lock-free chains.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public final class HashMapImpl<K, V> implements BpfHashMap<K, V> {
    /** The largest map. */
    public static final int MAX_ENTRIES = 1 << 26;

    private static final int MIN_SPARE = 16;
    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(HashMapImpl.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MapContext context;
    private final String name;
    private final int maxEntries;
    private final Link[] buckets;
    private final RefCount users = new RefCount(1);
    private final ElementStore<K, V> elements;
    private final BlockStore blocks;
    private boolean closed;

    /**
     * An empty map with one user reference.
     *
     * @param context what it shares with the other maps of the runtime
     * @param name used in reports
     * @param maxEntries how many elements fit
     * @param maxTimers how many control blocks may be attached
     */
    public HashMapImpl(MapContext context, String name, int maxEntries, int maxTimers) {
        if (maxEntries < 1 || maxEntries > MAX_ENTRIES) {
            throw new IllegalArgumentException("maxEntries: " + maxEntries + ", not 1 to " + MAX_ENTRIES);
        }
        if (maxTimers < 0 || maxTimers > maxEntries) {
            throw new IllegalArgumentException("maxTimers: " + maxTimers + ", not 0 to " + maxEntries);
        }
        this.context = context;
        this.name = name;
        this.maxEntries = maxEntries;
        this.buckets = new Link[Math.max(2, Integer.highestOneBit(maxEntries - 1 | 1) << 1)];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new Link();
        }
        int spare = Math.max(MIN_SPARE, maxEntries >>> 3);
        this.elements = new ElementStore<>(maxEntries, spare);
        this.blocks = new BlockStore(context, this, maxTimers, spare);
    }

    // -------------------------------------------------------------------------------------------- map operations

    @Override
    public Status update(K key, V value) {
        if (key == null || value == null) {
            return Status.EINVAL;
        }
        int hash = spread(key.hashCode());
        RcuSlot section = context.rcu().readLock();
        try {
            return update(buckets[hash & buckets.length - 1], hash, key, value);
        } finally {
            section.unlock();
        }
    }

    private Status update(Link bucket, int hash, K key, V value) {
        Element<K, V> fresh = null;
        for (;;) {
            Link first = bucket.next();
            Element<K, V> found = Bucket.find(first, hash, key);
            if (found != null) {
                if (found.tryReplace(value)) {
                    cancelAndFree(found);
                    if (fresh != null) {
                        elements.giveBackUnpublished(fresh);
                    }
                    return Status.OK;
                }
                continue;
            }
            if (fresh == null) {
                if (users.get() == 0) {
                    return Status.EPERM;
                }
                fresh = elements.take();
                if (fresh == null) {
                    return Status.E2BIG;
                }
                fresh.fill(hash, key, value);
            }
            fresh.nextBeforePublishing(first);
            if (bucket.casNext(first, fresh)) {
                // published first, looked at second: a release that missed this element is seen here
                return users.get() == 0 && removeLive(bucket, fresh) ? Status.EPERM : Status.OK;
            }
        }
    }

    @Override
    public Status delete(K key) {
        if (key == null) {
            return Status.EINVAL;
        }
        int hash = spread(key.hashCode());
        RcuSlot section = context.rcu().readLock();
        try {
            Link bucket = buckets[hash & buckets.length - 1];
            Element<K, V> found = Bucket.find(bucket.next(), hash, key);
            return found != null && removeLive(bucket, found) ? Status.OK : Status.ENOENT;
        } finally {
            section.unlock();
        }
    }

    /** Deletes an element. False if somebody else did. */
    private boolean removeLive(Link bucket, Element<K, V> element) {
        if (!element.tryKill()) {
            return false;
        }
        elements.died();
        cancelAndFree(element);
        Bucket.remove(bucket, element);
        context.rcu().callRcu(element.head);
        return true;
    }

    @Override
    public MapElement<K, V> lookup(K key) {
        ElementHandle<K, V> handle = new ElementHandle<>(this);
        return find(key, handle) ? handle : null;
    }

    @Override
    public Status lookup(K key, MapElement<K, V> handle) {
        if (key == null || !(handle instanceof ElementHandle) || !((ElementHandle<K, V>) handle).isOf(this)) {
            return Status.EINVAL;
        }
        return find(key, (ElementHandle<K, V>) handle) ? Status.OK : Status.ENOENT;
    }

    private boolean find(K key, ElementHandle<K, V> handle) {
        if (key == null) {
            return false;
        }
        int hash = spread(key.hashCode());
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> found = Bucket.find(buckets[hash & buckets.length - 1].next(), hash, key);
            if (found == null) {
                return false;
            }
            handle.pointAt(found);
            return true;
        } finally {
            section.unlock();
        }
    }

    @Override
    public MapElement<K, V> handle() {
        return new ElementHandle<>(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int maxEntries() {
        return maxEntries;
    }

    @Override
    public int size() {
        return elements.size();
    }

    // ------------------------------------------------------------------------------------------ user references

    @Override
    public Status open() {
        return users.tryGet() ? Status.OK : Status.ENOENT;
    }

    @Override
    public Status release() {
        if (!users.tryPut()) {
            return Status.ENOENT;
        }
        if (users.get() == 0) {
            deleteAll();
        }
        return Status.OK;
    }

    @Override
    public void close() {
        if (!(boolean) CLOSED.getAndSet(this, true)) { // relaxed: picks one winner; the count orders the rest
            release();
        }
    }

    /** Drops every user reference at once: the runtime is closing. */
    public void closeForGood() {
        while (release() == Status.OK) {
            Thread.onSpinWait();
        }
    }

    private void deleteAll() {
        RcuSlot section = context.rcu().readLock();
        try {
            for (Link bucket : buckets) {
                for (Link at = bucket.next(); at != null; at = at.next()) {
                    if (at instanceof Element) {
                        @SuppressWarnings("unchecked")
                        Element<K, V> element = (Element<K, V>) at;
                        removeLive(bucket, element);
                    }
                }
            }
        } finally {
            section.unlock();
        }
    }

    // ------------------------------------------------------------------------------------------------- timers

    MapContext context() {
        return context;
    }

    boolean hasUsers() {
        return users.get() != 0;
    }

    BlockStore blocks() {
        return blocks;
    }

    private void cancelAndFree(Element<K, V> element) {
        if (element.hasTimer()) { // spares elements without a timer the exchange
            BpfAsyncCb block = element.detach();
            if (block != null) {
                blocks.destroy(block);
            }
        }
    }

    /**
     * Tells whether every element and every block is back in its pool.
     *
     * @return false while something is in use or waits for a grace period
     */
    public boolean isDrained() {
        return blocks.isDrained() && elements.isDrained();
    }

    /**
     * Tells whether the map is closed and drained, so that nothing of it can come back.
     *
     * @return true if a runtime may forget it
     */
    public boolean isGone() {
        return !hasUsers() && isDrained();
    }

    /**
     * Tells whether the pools are full; right only while nobody uses the map.
     *
     * @return false if a pooled object is missing
     */
    public boolean poolsAreFull() {
        return elements.isFull() && blocks.isFull();
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }
}
