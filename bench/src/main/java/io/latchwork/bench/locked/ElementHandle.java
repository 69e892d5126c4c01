// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;

/** A slot and its generation; the view of the timer is the handle itself. Checks what needs no lock. */
final class ElementHandle<K, V> implements MapElement<K, V>, BpfTimer<K, V> {
    private final LockedHashMap<K, V> map;
    private final NmiMark nmi;
    private final TimeBase time;
    private Slot<K, V> slot;
    private long generation;

    ElementHandle(LockedHashMap<K, V> map, Slot<K, V> slot, long generation) {
        this.map = map;
        this.nmi = map.runtime().nmi();
        this.time = map.runtime().time();
        this.slot = slot;
        this.generation = generation;
    }

    LockedHashMap<K, V> map() {
        return map;
    }

    /** Cancels and frees the timer; the element stays. */
    Status freeTimer() {
        return nmi.here() ? Status.EOPNOTSUPP : slot.free(generation);
    }

    void point(Slot<K, V> newSlot, long newGeneration) {
        slot = newSlot;
        generation = newGeneration;
    }

    @Override
    public K key() {
        return nmi.here() ? null : slot.keyIf(generation);
    }

    @Override
    public V value() {
        return nmi.here() ? null : slot.valueIf(generation);
    }

    @Override
    public BpfTimer<K, V> timer() {
        return this;
    }

    @Override
    public BpfWq<K, V> wq() {
        throw new UnsupportedOperationException("works");
    }

    @Override
    public Status init(BpfMap<K, V> ofMap, ClockId clock) {
        if (nmi.here()) {
            return Status.EOPNOTSUPP;
        }
        if (ofMap != map || clock == null) {
            return Status.EINVAL;
        }
        if (clock != ClockId.MONOTONIC) {
            throw new UnsupportedOperationException(clock.name());
        }
        return slot.init(generation);
    }

    @Override
    public Status setCallback(BpfProg prog, TimerCallback<K, V> callback) {
        if (nmi.here()) {
            return Status.EOPNOTSUPP;
        }
        if (!(prog instanceof LockedProgram program) || program.runtime() != map.runtime() || callback == null) {
            return Status.EINVAL;
        }
        return slot.setCallback(generation, program, callback);
    }

    @Override
    public Status start(long nsec, int flags) {
        if (nmi.here()) {
            return Status.EOPNOTSUPP;
        }
        if ((flags & ~(TIMER_ABS | TIMER_CPU_PIN)) != 0) {
            return Status.EINVAL;
        }
        LockedBase pinned = (flags & TIMER_CPU_PIN) == 0 ? null : map.runtime().boundBase();
        return slot.start(generation, time.deadline(nsec, flags), pinned);
    }

    @Override
    public Status cancelAsync() {
        return nmi.here() ? Status.EOPNOTSUPP : slot.cancelAsync(generation);
    }

    @Override
    public Status cancel() {
        return nmi.here() ? Status.EOPNOTSUPP : slot.cancel(generation);
    }
}
