// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerView;
import io.latchwork.async.internal.timer.BpfHrtimer;
import io.latchwork.async.internal.timer.BpfWork;
import io.latchwork.rcu.RcuSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * What all maps of elements have in common: handles, blocks, user references. A kind of map says how elements are found,
 * inserted and taken out.
 *
 * @param <K> the key type
 * @param <V> the value type
 */
public abstract class MapCore<K, V> extends UserRefs implements BpfMap<K, V> {
    private static final int MIN_SPARE = 16;
    private static final int MAX_SPARE = 1 << 14; // as many as become free in a grace period
    private static final VarHandle WORK_BLOCKS;

    static {
        try {
            WORK_BLOCKS = MethodHandles.lookup().findVarHandle(MapCore.class, "workBlocks", WorkBlocks.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int maxTimers;
    private final int pooledBlocks;
    private final TimerBlocks timerBlocks;
    private WorkBlocks workBlocks; // made when a work is initialised for the first time
    private final Consumer<Element<K, V>> remover = element -> remove(element, null); // made here: a release allocates nothing

    /**
     * What the kinds begin with.
     *
     * @param context what the map shares with the others of its runtime
     * @param name used in reports
     * @param maxEntries how many elements fit
     * @param maxTimers how many control blocks of a kind may be attached
     * @param grows whether blocks are allocated when needed
     */
    MapCore(MapContext context, String name, int maxEntries, int maxTimers, boolean grows) {
        super(context, name, maxEntries);
        if (maxTimers < 0 || maxTimers > maxEntries) {
            throw new IllegalArgumentException("maxTimers: " + maxTimers + ", not 0 to " + maxEntries);
        }
        this.maxTimers = maxTimers;
        this.pooledBlocks = grows || maxTimers == 0 ? 0 : maxTimers + spare(maxEntries);
        this.timerBlocks = new TimerBlocks(context, this, maxTimers, pooledBlocks);
    }

    /** How many more objects than promised a pool has, for those that wait for a grace period. */
    static int spare(int maxEntries) {
        return Math.max(MIN_SPARE, Math.min(maxEntries >>> 3, MAX_SPARE));
    }

    // ---------------------------------------------------------------------------------------- what a kind says

    /** The live element of a key, or null. Inside a read section. */
    abstract Element<K, V> find(K key);

    /** An element was found by its key, or inserted. Inside a read section. */
    void used(Element<K, V> element) {
    }

    /** Gives every live element to a visitor. Inside a read section; the visitor may delete. */
    abstract void forEachLive(Consumer<? super Element<K, V>> visitor);

    /** Takes an element out for good. False if somebody else did. */
    abstract boolean remove(Element<K, V> element, Tally tally);

    /** How many elements are in use or wait for a grace period. */
    abstract long elementsInUse();

    /** Whether every pooled element is there. */
    abstract boolean elementsAreFull();

    // ------------------------------------------------------------------------------------------------ lookups

    @Override
    public final MapElement<K, V> lookup(K key) {
        ElementHandle<K, V> handle = new ElementHandle<>(this);
        return point(key, handle) ? handle : null;
    }

    @Override
    public final Status lookup(K key, MapElement<K, V> handle) {
        if (key == null || !isOwn(handle)) {
            return Status.EINVAL;
        }
        return point(key, (ElementHandle<K, V>) handle) ? Status.OK : Status.ENOENT;
    }

    final boolean isOwn(MapElement<K, V> handle) {
        return handle instanceof ElementHandle && ((ElementHandle<K, V>) handle).isOf(this);
    }

    private boolean point(K key, ElementHandle<K, V> handle) {
        if (key == null) {
            return false;
        }
        RcuSlot section = context().rcu().readLock();
        try {
            Element<K, V> found = find(key);
            if (found == null) {
                return false;
            }
            used(found);
            handle.pointAt(found);
            return true;
        } finally {
            section.unlock();
        }
    }

    @Override
    public final MapElement<K, V> handle() {
        return new ElementHandle<>(this);
    }

    @Override
    public final int forEach(MapElement<K, V> cursor, Consumer<? super MapElement<K, V>> visitor) {
        if (visitor == null || !isOwn(cursor)) {
            return -1;
        }
        RcuSlot section = context().rcu().readLock();
        try {
            return ((ElementHandle<K, V>) cursor).visitAll(visitor);
        } finally {
            section.unlock();
        }
    }

    @Override
    public final TimerView<K> timers() {
        return new ArmedView<>(this);
    }

    // ------------------------------------------------------------------------------------------------ endings

    @Override
    final void lastReleased(Tally tally) {
        RcuSlot section = context().rcu().readLock();
        try {
            forEachLive(tally == null ? remover : element -> remove(element, tally));
        } finally {
            section.unlock();
        }
    }

    /** Cancels and frees the timer and the work of an element whose life was written before. */
    final void cancelAndFree(Element<K, V> element, Tally tally) {
        if (element.hasTimer()) { // spares elements without one the exchange
            freeTimer(element, tally);
        }
        if (element.hasWork()) {
            freeWork(element, tally);
        }
    }

    private void freeWork(Element<K, V> element, Tally tally) {
        BpfWork block = element.detachWork();
        if (block != null) {
            boolean pending = workBlocks().destroy(block);
            if (tally != null) {
                tally.work(pending);
            }
        }
    }

    /** False if there was none. */
    final boolean freeTimer(Element<K, V> element, Tally tally) {
        BpfHrtimer block = element.detachTimer();
        if (block == null) {
            return false;
        }
        boolean armed = timerBlocks.destroy(block);
        if (tally != null) {
            tally.timer(armed);
        }
        return true;
    }

    // -------------------------------------------------------------------------------------------------- books

    final TimerBlocks timerBlocks() {
        return timerBlocks;
    }

    /** The control blocks of works, made now if there are none yet. */
    final WorkBlocks workBlocks() {
        WorkBlocks made = workBlocksOrNull();
        if (made == null) {
            WorkBlocks fresh = new WorkBlocks(context(), this, maxTimers, pooledBlocks);
            made = WORK_BLOCKS.compareAndSet(this, null, fresh) ? fresh : workBlocksOrNull(); // AC88 -> AC89: publishes the pool
        }
        return made;
    }

    private WorkBlocks workBlocksOrNull() {
        return (WorkBlocks) WORK_BLOCKS.getAcquire(this); // AC89 <- AC88: sees the pool
    }

    /** Works that are pending and not running; the running ones are counted where they run. */
    private long onlyPendingWorks() {
        long[] count = new long[1];
        RcuSlot section = context().rcu().readLock();
        try {
            forEachLive(element -> {
                BpfWork block = element.work();
                if (block != null && block.isOnlyPending()) {
                    count[0]++;
                }
            });
        } finally {
            section.unlock();
        }
        return count[0];
    }

    @Override
    final void countContent(Books books) {
        books.elements += elementsInUse();
        books.blocks += timerBlocks.inUse();
        books.armedTimers += timers().armed().size();
        WorkBlocks works = workBlocksOrNull();
        if (works != null) {
            books.blocks += works.inUse();
            books.pendingWorks += works.running() + onlyPendingWorks();
        }
        books.poolsFull &= poolsAreFull();
    }

    @Override
    public final boolean isDrained() {
        WorkBlocks works = workBlocksOrNull();
        return timerBlocks.inUse() == 0 && (works == null || works.inUse() == 0) && elementsInUse() == 0;
    }

    /**
     * Tells whether the pools are full; right only while nobody uses the map.
     *
     * @return false if a pooled object is missing
     */
    public final boolean poolsAreFull() {
        WorkBlocks works = workBlocksOrNull();
        return elementsAreFull() && timerBlocks.isFull() && (works == null || works.isFull());
    }
}
