// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.internal.timer.BpfHrtimer;

/** The control blocks of a map's timers. */
final class TimerBlocks extends BlockStore<BpfHrtimer> {
    private final BpfMap<?, ?> map;

    TimerBlocks(MapContext context, BpfMap<?, ?> map, int max, int pooled) {
        super(context, max, pooled);
        this.map = map;
    }

    @Override
    BpfHrtimer newBlock(int poolIndex) {
        return new BpfHrtimer(this, poolIndex, context.rcu(), LATCH_SLOTS);
    }

    @Override
    public String name() {
        return map.name();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void call(Object callback, Object key, Object value) {
        ((TimerCallback<Object, Object>) callback).expired((BpfMap<Object, Object>) map, key, value);
    }
}
