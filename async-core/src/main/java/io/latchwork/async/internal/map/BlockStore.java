// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.TaggedPool;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.async.internal.timer.CbHome;

/**
 * The control blocks of one kind and one home: their pool, the home's quota and the runtime's cap.
 *
 * @param <B> the kind
 */
abstract class BlockStore<B extends BpfAsyncCb> implements CbHome {
    static final int LATCH_SLOTS = 4;

    final MapContext context;
    private final Quota attached;
    private final Quota out = new Quota(Long.MAX_VALUE);
    private final TaggedPool<B> pool;

    /**
     * A full store.
     *
     * @param context what the home shares with the others of its runtime
     * @param max how many blocks may be attached at one time
     * @param pooled how many are allocated now, and kept; those beyond are allocated when needed and left to the collector
     */
    BlockStore(MapContext context, int max, int pooled) {
        this.context = context;
        this.attached = new Quota(max);
        this.pool = new TaggedPool<>(pooled, this::newBlock);
    }

    abstract B newBlock(int poolIndex);

    /** A block to begin and attach, or null when the quota or the cap is used up. */
    final B take() {
        if (!attached.tryTake()) {
            return null;
        }
        if (!context.blockCap().tryTake()) {
            attached.giveBack();
            return null;
        }
        out.tryTake();
        B block = pool.pop();
        return block != null ? block : newBlock(TaggedPool.NOT_POOLED);
    }

    /** A block that was never published. */
    final void giveBackUnpublished(B block) {
        releaseQuota();
        recycled(block.poolIndex());
    }

    /** The block of a detached element: ends its life. True if it was armed. */
    final boolean destroy(B block) {
        releaseQuota(); // first: it is detached, and destroying may wake a thread
        return block.destroy();
    }

    private void releaseQuota() {
        attached.giveBack();
        context.blockCap().giveBack();
    }

    @Override
    public final void recycled(int poolIndex) {
        if (poolIndex != TaggedPool.NOT_POOLED) {
            pool.push(poolIndex);
        } // else it was made when the pool was empty, and goes to the garbage collector
        out.giveBack();
    }

    @Override
    public final void onError(String program, Throwable error) {
        context.errors().onError(program, name(), error);
    }

    /** How many blocks are in use or wait for a grace period. */
    final long inUse() {
        return out.used();
    }

    /** True when every pooled block is there; right only while nobody uses the home. */
    final boolean isFull() {
        return pool.available() == pool.capacity();
    }
}
