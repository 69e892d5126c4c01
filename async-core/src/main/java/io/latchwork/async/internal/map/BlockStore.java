// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.TaggedPool;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.async.internal.timer.CbHome;

/** The control blocks of a map: their pool, the map's quota and the runtime's cap. */
final class BlockStore implements CbHome {
    private static final int LATCH_SLOTS = 4;

    private final MapContext context;
    private final BpfMap<?, ?> map;
    private final Quota attached;
    private final Quota out = new Quota(Long.MAX_VALUE);
    private final TaggedPool<BpfAsyncCb> pool;

    /**
     * A full store.
     *
     * @param context what the map shares with the others of its runtime
     * @param map the map
     * @param maxTimers how many blocks may be attached at one time
     * @param spare how many more there are, for those that wait for a grace period
     */
    BlockStore(MapContext context, BpfMap<?, ?> map, int maxTimers, int spare) {
        this.context = context;
        this.map = map;
        this.attached = new Quota(maxTimers);
        this.pool = new TaggedPool<>(maxTimers == 0 ? 0 : maxTimers + spare, this::newBlock);
    }

    private BpfAsyncCb newBlock(int poolIndex) {
        return new BpfAsyncCb(this, poolIndex, context.rcu(), LATCH_SLOTS);
    }

    /** A block for an element, or null when the quota or the cap is used up. */
    BpfAsyncCb take(Element<?, ?> element, Object value) {
        if (!attached.tryTake()) {
            return null;
        }
        if (!context.timerCap().tryTake()) {
            attached.giveBack();
            return null;
        }
        BpfAsyncCb block = pool.pop();
        if (block == null) {
            block = newBlock(TaggedPool.NOT_POOLED);
        }
        out.tryTake();
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

    private void releaseQuota() {
        attached.giveBack();
        context.timerCap().giveBack();
    }

    @Override
    public void recycled(BpfAsyncCb block) {
        if (block.poolIndex() != TaggedPool.NOT_POOLED) {
            pool.push(block.poolIndex());
        } // else it was made when the pool was empty, and goes to the garbage collector
        out.giveBack();
    }

    @Override
    @SuppressWarnings("unchecked")
    public BpfMap<Object, Object> map() {
        return (BpfMap<Object, Object>) map;
    }

    @Override
    public void onError(String program, Throwable error) {
        context.errors().onError(program, map.name(), error);
    }

    /** True when no block is in use or waits for a grace period. */
    boolean isDrained() {
        return out.used() == 0;
    }

    /** True when every pooled block is there; right only while nobody uses the map. */
    boolean isFull() {
        return pool.available() == pool.capacity();
    }
}
