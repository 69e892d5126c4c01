// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A hash map with one spin lock a bucket, as many buckets as elements rounded up to a power of two. */
final class LockedHashMap<K, V> implements BpfHashMap<K, V> {
    /** The largest size. */
    static final int MAX_ENTRIES = 1 << 26;

    private final LockedRuntime runtime;
    private final String name;
    private final int maxEntries;
    private final NmiMark nmi;
    private final Bucket<K, V>[] buckets;
    private final SlotPool<K, V> slots = new SlotPool<>();
    private final BlockPool<K, V> pool;
    /** Where handles point that point at no element; its generation never matches. */
    private final Slot<K, V> nowhere;
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger userReferences = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    LockedHashMap(LockedRuntime runtime, String name, int maxEntries, int maxTimers) {
        this.runtime = runtime;
        this.name = name;
        this.maxEntries = maxEntries;
        this.nmi = runtime.nmi();
        this.buckets = newBuckets(maxEntries);
        this.pool = new BlockPool<>(this, maxTimers, runtime.baseCount(), runtime.budget());
        this.nowhere = new Slot<>(this, runtime.base(0));
        for (int i = maxEntries - 1; i >= 0; i--) {
            slots.give(new Slot<>(this, runtime.base(i)));
        }
    }

    private static <K, V> Bucket<K, V>[] newBuckets(int maxEntries) {
        int count = maxEntries == 1 ? 1 : Integer.highestOneBit(maxEntries - 1) << 1;
        @SuppressWarnings({"unchecked", "rawtypes"})
        Bucket<K, V>[] made = new Bucket[count];
        for (int i = 0; i < count; i++) {
            made[i] = new Bucket<>();
        }
        return made;
    }

    LockedRuntime runtime() {
        return runtime;
    }

    BlockPool<K, V> pool() {
        return pool;
    }

    boolean isOpen() {
        return userReferences.get() > 0;
    }

    private static int hash(Object key) {
        int h = key.hashCode() * 0x9E3779B9;
        return h ^ h >>> 16;
    }

    private Bucket<K, V> bucket(int hash) {
        return buckets[hash & buckets.length - 1];
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
        return size.get();
    }

    @Override
    public Status update(K key, V value) {
        if (nmi.here()) {
            return Status.EOPNOTSUPP;
        }
        if (key == null || value == null) {
            return Status.EINVAL;
        }
        int hash = hash(key);
        Bucket<K, V> bucket = bucket(hash);
        bucket.lock();
        try { // equals is not our code and may throw
            return isOpen() ? updateLocked(bucket, key, value, hash) : Status.EPERM;
        } finally {
            bucket.unlock();
        }
    }

    private Status updateLocked(Bucket<K, V> bucket, K key, V value, int hash) {
        Slot<K, V> slot = bucket.find(key, hash);
        if (slot != null) {
            slot.replace(value);
            return Status.OK;
        }
        slot = slots.take();
        if (slot == null) {
            return Status.E2BIG;
        }
        slot.hash = hash;
        slot.fill(key, value);
        bucket.link(slot);
        size.getAndIncrement();
        return Status.OK;
    }

    @Override
    public Status delete(K key) {
        if (nmi.here()) {
            return Status.EOPNOTSUPP;
        }
        if (key == null) {
            return Status.EINVAL;
        }
        int hash = hash(key);
        Bucket<K, V> bucket = bucket(hash);
        bucket.lock();
        try {
            Slot<K, V> slot = bucket.find(key, hash);
            if (slot == null) {
                return Status.ENOENT;
            }
            deleteLocked(bucket, slot);
            return Status.OK;
        } finally {
            bucket.unlock();
        }
    }

    private void deleteLocked(Bucket<K, V> bucket, Slot<K, V> slot) {
        bucket.unlink(slot);
        slot.clear();
        size.getAndDecrement();
        slots.give(slot);
    }

    @Override
    public MapElement<K, V> lookup(K key) {
        ElementHandle<K, V> handle = newHandle();
        return lookup(key, handle) == Status.OK ? handle : null;
    }

    @Override
    public Status lookup(K key, MapElement<K, V> handle) {
        if (nmi.here()) {
            return Status.EOPNOTSUPP;
        }
        if (key == null || !(handle instanceof ElementHandle<K, V> ours) || ours.map() != this) {
            return Status.EINVAL;
        }
        int hash = hash(key);
        Bucket<K, V> bucket = bucket(hash);
        bucket.lock();
        try {
            Slot<K, V> slot = bucket.find(key, hash);
            if (slot == null) {
                return Status.ENOENT;
            }
            ours.point(slot, slot.generation());
            return Status.OK;
        } finally {
            bucket.unlock();
        }
    }

    @Override
    public MapElement<K, V> handle() {
        return newHandle();
    }

    ElementHandle<K, V> newHandle() {
        return new ElementHandle<>(this, nowhere, -1);
    }

    /** Given a slot that was found in its chain, and its generation then. */
    interface SlotVisitor<K, V> {
        boolean visit(Slot<K, V> slot, long generation);
    }

    private record Found<K, V>(Slot<K, V> slot, long generation) {
    }

    /** Visits every slot that is in use, with no lock held. How often the visitor said true. */
    int forEachSlot(SlotVisitor<K, V> visitor) {
        int visited = 0;
        List<Found<K, V>> chain = new ArrayList<>();
        for (Bucket<K, V> bucket : buckets) {
            bucket.lock();
            for (Slot<K, V> slot = bucket.first(); slot != null; slot = slot.next) {
                chain.add(new Found<>(slot, slot.generation()));
            }
            bucket.unlock();
            for (Found<K, V> found : chain) {
                visited += visitor.visit(found.slot, found.generation) ? 1 : 0;
            }
            chain.clear();
        }
        return visited;
    }

    @Override
    public int forEach(MapElement<K, V> cursor, Consumer<? super MapElement<K, V>> visitor) {
        if (visitor == null || nmi.here() || !(cursor instanceof ElementHandle<K, V> ours) || ours.map() != this) {
            return -1;
        }
        return forEachSlot((slot, generation) -> {
            if (slot.keyIf(generation) == null) {
                return false; // deleted since its chain was looked at
            }
            ours.point(slot, generation);
            visitor.accept(ours);
            return true;
        });
    }

    @Override
    public TimerView<K> timers() {
        return new LockedTimerView<>(this);
    }

    @Override
    public Status open() {
        int seen = userReferences.get();
        while (seen > 0 && !userReferences.compareAndSet(seen, seen + 1)) {
            seen = userReferences.get();
        }
        return seen > 0 ? Status.OK : Status.ENOENT;
    }

    @Override
    public Status release() {
        if (nmi.here()) {
            return Status.EOPNOTSUPP;
        }
        int seen = userReferences.get();
        while (seen > 0 && !userReferences.compareAndSet(seen, seen - 1)) {
            seen = userReferences.get();
        }
        if (seen == 1) {
            clear();
        }
        return seen > 0 ? Status.OK : Status.ENOENT;
    }

    /** Drops every user reference: the runtime is closing. */
    void closeForGood() {
        closed.set(true);
        while (isOpen()) {
            release();
        }
    }

    private void clear() {
        for (Bucket<K, V> bucket : buckets) {
            bucket.lock();
            for (Slot<K, V> slot; (slot = bucket.first()) != null; ) {
                deleteLocked(bucket, slot);
            }
            bucket.unlock();
        }
        runtime.forget(this);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (nmi.here()) {
                runtime.housekeeping().release(this);
            } else {
                release();
            }
        }
    }
}
