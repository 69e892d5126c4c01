// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.async.internal.timer.BpfHrtimer;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.rcu.RcuSlot;
import java.util.function.Consumer;

/** A handle of an element and of the timer in it: the element and its generation. */
final class ElementHandle<K, V> extends SlotHandle<K, V, BpfHrtimer> implements MapElement<K, V>, BpfTimer<K, V>,
        Consumer<Element<K, V>> {
    private static final int FLAGS = TIMER_ABS | TIMER_CPU_PIN;

    private Element<K, V> element;
    private int generation;
    private Consumer<? super MapElement<K, V>> visitor;
    private int visited;
    private WqHandle<K, V> wq;

    ElementHandle(MapCore<K, V> map) {
        super(map);
    }

    boolean isOf(MapCore<K, V> other) {
        return map == other;
    }

    /** Inside a read section in which the element was found live. */
    void pointAt(Element<K, V> found) {
        element = found;
        generation = Element.generation(found.life());
    }

    /** Shows this handle to a visitor, pointed at each live element. Inside a read section. */
    int visitAll(Consumer<? super MapElement<K, V>> to) {
        visitor = to;
        visited = 0;
        map.forEachLive(this);
        visitor = null;
        return visited;
    }

    @Override
    public void accept(Element<K, V> found) {
        pointAt(found);
        visited++;
        visitor.accept(this);
    }

    Element<K, V> element() {
        return element;
    }

    boolean isLive(Element<K, V> at) {
        return at != null && isMine(at.life());
    }

    boolean isMine(long life) {
        return Element.isLive(life) && Element.generation(life) == generation;
    }

    @Override
    public K key() {
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = element;
            return isLive(at) ? at.key : null;
        } finally {
            section.unlock();
        }
    }

    /** Needs no section: an element stays an element, and a value of another life is told by the second look. */
    @Override
    public V value() {
        Element<K, V> at = element;
        if (!isLive(at)) {
            return null;
        }
        V seen = at.value();
        return isLive(at) ? seen : null;
    }

    @Override
    public BpfTimer<K, V> timer() {
        return this;
    }

    @Override
    public BpfWq<K, V> wq() {
        if (wq == null) {
            wq = new WqHandle<>(map, this);
        }
        return wq;
    }

    // -------------------------------------------------------------------------------------------------- the timer

    @Override
    ElementHandle<K, V> handle() {
        return this;
    }

    @Override
    BpfHrtimer block(Element<K, V> at) {
        return at.timer();
    }

    @Override
    boolean tryAttach(Element<K, V> at, BpfHrtimer block) {
        return at.tryAttachTimer(block);
    }

    @Override
    boolean tryDetach(Element<K, V> at, BpfHrtimer block) {
        return at.tryDetachTimer(block);
    }

    @Override
    BlockStore<BpfHrtimer> blocks() {
        return map.timerBlocks();
    }

    @Override
    void begin(BpfHrtimer block, Element<K, V> at, V value, Object how, long leewayNs) {
        block.begin(context.homeBase(at.hash), (ClockId) how, leewayNs, at.key, value);
    }

    @Override
    public Status init(BpfMap<K, V> ofMap, ClockId clock) {
        return attach(ofMap, clock, 0);
    }

    @Override
    public Status init(BpfMap<K, V> ofMap, ClockId clock, long leewayNs) {
        return leewayNs < 0 || leewayNs > MAX_LEEWAY_NS ? Status.EINVAL : attach(ofMap, clock, leewayNs);
    }

    @Override
    public Status setCallback(BpfProg prog, TimerCallback<K, V> callback) {
        return bind(prog, callback);
    }

    @Override
    public Status start(long nsec, int flags) {
        if ((flags & ~FLAGS) != 0) {
            return Status.EINVAL;
        }
        TimerBase pinned = (flags & TIMER_CPU_PIN) == 0 ? null : context.boundBase();
        RcuSlot section = context.rcu().readLock();
        try {
            Element<K, V> at = element;
            if (!isLive(at)) {
                return Status.ENOENT;
            }
            BpfHrtimer block = at.timer();
            if (block == null) {
                return missing(at);
            }
            return pinned == null ? block.start(context.time(), nsec, flags)
                : block.startOn(context.time(), nsec, flags, pinned);
        } finally {
            section.unlock();
        }
    }

    @Override
    public Status cancelAsync() {
        return disarm();
    }

    @Override
    public Status cancel() {
        BpfAsyncCb caller = context.callingBlock();
        return context.mustNotWait(caller) ? Status.EOPNOTSUPP : disarmAndWait(caller);
    }
}
