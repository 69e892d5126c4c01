// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.RefCount;
import io.latchwork.async.internal.TaggedPool;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.rcu.RcuSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A hash map of preallocated elements in lock-free chains. */
public final class HashMapImpl<K, V> implements BpfHashMap<K, V>, BpfAsyncCb.CbHome {
    /** The largest map. */
    public static final int MAX_ENTRIES = 1 << 26;

    private static final int MIN_SPARE = 16;
    private static final int LATCH_SLOTS = 4;
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
    private final Quota entries;
    private final Quota timers;
    private final Quota blocksOut = new Quota(Long.MAX_VALUE);
    private final Quota elementsOut = new Quota(Long.MAX_VALUE);
    private final TaggedPool<Element<K, V>> elements;
    private final TaggedPool<BpfAsyncCb> blocks;
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
        this.entries = new Quota(maxEntries);
        this.timers = new Quota(maxTimers);
        this.buckets = new Link[Math.max(2, Integer.highestOneBit(maxEntries - 1 | 1) << 1)];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new Link();
        }
        int spare = Math.max(MIN_SPARE, maxEntries >>> 3);
        this.elements = new TaggedPool<>(maxEntries + spare, i -> new Element<>(this, i));
        this.blocks = new TaggedPool<>(maxTimers + (maxTimers == 0 ? 0 : spare), this::newBlock);
    }

    private BpfAsyncCb newBlock(int poolIndex) {
        return new BpfAsyncCb(this, poolIndex, context.rcu(), LATCH_SLOTS);
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
                    giveBackUnused(fresh);
                    return Status.OK;
                }
                continue;
            }
            if (fresh == null) {
                if (users.get() == 0) {
                    return Status.EPERM;
                }
                if (!entries.tryTake()) {
                    return Status.E2BIG;
                }
                fresh = takeElement();
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
        cancelAndFree(element);
        Bucket.remove(bucket, element);
        entries.giveBack();
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
        return (int) entries.used();
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

    /** A block for an element, or null when the quota or the cap is used up. */
    BpfAsyncCb takeBlock(Element<K, V> element, V value) {
        if (!timers.tryTake()) {
            return null;
        }
        if (!context.timerCap().tryTake()) {
            timers.giveBack();
            return null;
        }
        BpfAsyncCb block = blocks.pop();
        if (block == null) {
            block = newBlock(TaggedPool.NOT_POOLED);
        }
        blocksOut.tryTake();
        block.begin(context.homeBase(element.hash), element.key, value);
        return block;
    }

    /** A block that was never published. */
    void giveBackUnpublished(BpfAsyncCb block) {
        releaseQuota();
        recycled(block);
    }

    /** The block of a detached element: ends its life. */
    void destroy(BpfAsyncCb block) {
        block.destroy();
        releaseQuota();
    }

    private void cancelAndFree(Element<K, V> element) {
        if (element.hasTimer()) { // spares elements without a timer the exchange
            BpfAsyncCb block = element.detach();
            if (block != null) {
                destroy(block);
            }
        }
    }

    private void releaseQuota() {
        timers.giveBack();
        context.timerCap().giveBack();
    }

    @Override
    public void recycled(BpfAsyncCb block) {
        blocksOut.giveBack();
        if (block.poolIndex() != TaggedPool.NOT_POOLED) {
            blocks.push(block.poolIndex());
        } // else it was made when the pool was empty, and goes to the garbage collector
    }

    @Override
    @SuppressWarnings("unchecked")
    public BpfMap<Object, Object> map() {
        return (BpfMap<Object, Object>) (BpfMap<?, ?>) this;
    }

    @Override
    public void onError(String program, Throwable error) {
        context.errors().onError(program, name, error);
    }

    // ------------------------------------------------------------------------------------------------- memory

    private Element<K, V> takeElement() {
        elementsOut.tryTake();
        Element<K, V> element = elements.pop();
        return element != null ? element : new Element<>(this, TaggedPool.NOT_POOLED);
    }

    private void giveBackUnused(Element<K, V> fresh) {
        if (fresh != null) {
            entries.giveBack();
            recycled(fresh);
        }
    }

    void recycled(Element<K, V> element) {
        element.nextGeneration();
        elementsOut.giveBack();
        if (element.poolIndex != TaggedPool.NOT_POOLED) {
            elements.push(element.poolIndex);
        }
    }

    /**
     * Tells whether every element and every block is back in its pool.
     *
     * @return false while something is in use or waits for a grace period
     */
    public boolean isDrained() {
        return blocksOut.used() == 0 && elementsOut.used() == 0;
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
        return elements.available() == elements.capacity() && blocks.available() == blocks.capacity();
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }
}
