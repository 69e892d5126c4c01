// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;

/**
 * An element of a map with the timer embedded in it. The spin lock guards everything here but the chain.
 *
 * <p>The generation counts how often the slot was deleted. A handle remembers the one that it saw, and every call through
 * it compares under the lock. It changes under bucket and slot lock, so either is enough to read it.
 */
final class Slot<K, V> extends SpinLock {
    private final LockedHashMap<K, V> map;
    private final LockedBase home;
    /** Where the timer is; another than home after a pinned start. */
    private LockedBase base;
    private long generation;
    private TimerBlock<K, V> block;
    /** How many blocks have been attached: tells two lives of one block apart. */
    private long lives;
    private K key;
    private V value;
    /** The hash of the key, and the chain: guarded by the bucket, or by the free list. */
    int hash;
    Slot<K, V> next;

    Slot(LockedHashMap<K, V> map, LockedBase base) {
        this.map = map;
        this.home = base;
        this.base = base;
    }

    long generation() {
        return generation;
    }

    K key() {
        return key;
    }

    void fill(K newKey, V newValue) {
        lock();
        key = newKey;
        value = newValue;
        unlock();
    }

    void replace(V newValue) {
        lock();
        value = newValue;
        LockedProgram program = detach();
        unlock();
        put(program);
    }

    void clear() {
        lock();
        generation++;
        key = null;
        value = null;
        LockedProgram program = detach();
        unlock();
        put(program);
    }

    K keyIf(long expected) {
        lock();
        K found = generation == expected ? key : null;
        unlock();
        return found;
    }

    V valueIf(long expected) {
        lock();
        V found = generation == expected ? value : null;
        unlock();
        return found;
    }

    Status init(long expected) {
        Status status = Status.OK;
        lock();
        if (!map.isOpen()) { // under the lock, so that a release either is seen here or finds the block
            status = Status.EPERM;
        } else if (generation != expected) {
            status = Status.ENOENT;
        } else if (block != null) {
            status = Status.EBUSY;
        } else {
            TimerBlock<K, V> fresh = map.pool().take();
            if (fresh == null) {
                status = Status.ENOMEM;
            } else {
                fresh.key = key;
                fresh.value = value;
                block = fresh;
                base = home;
                lives++;
            }
        }
        unlock();
        return status;
    }

    Status setCallback(long expected, LockedProgram program, TimerCallback<K, V> callback) {
        Status status = Status.OK;
        LockedProgram replaced = null;
        lock();
        TimerBlock<K, V> mine = block;
        if (generation != expected) {
            status = Status.ENOENT;
        } else if (mine == null) {
            status = Status.EINVAL;
        } else if (mine.program != program && !program.get()) {
            status = Status.ENOENT;
        } else {
            replaced = mine.program == program ? null : mine.program;
            base.bind(mine, program, callback);
        }
        unlock();
        put(replaced);
        return status;
    }

    /** Arms or re-arms; on the base that is wanted, or where the timer is if that is null. */
    Status start(long expected, long deadline, LockedBase wanted) {
        Status status;
        lock();
        TimerBlock<K, V> mine = block;
        if (generation != expected) {
            status = Status.ENOENT;
        } else if (mine == null || mine.callback == null) {
            status = Status.EINVAL;
        } else {
            status = wanted == null || wanted == base ? base.arm(mine, deadline) : armOn(wanted, mine, deadline);
        }
        unlock();
        return status;
    }

    private Status armOn(LockedBase wanted, TimerBlock<K, V> mine, long deadline) {
        Status before = base.leave(mine);
        if (before == null) { // its callback is running there, and somebody may be about to wait for it there
            return base.arm(mine, deadline);
        }
        base = wanted;
        base.arm(mine, deadline);
        return before;
    }

    /** When the timer is due; -1 if it is not armed, or the slot has another generation. */
    long armedUntil(long expected) {
        lock();
        long deadline = generation == expected && block != null ? base.deadlineOf(block) : -1;
        unlock();
        return deadline;
    }

    /** Cancels and frees the timer; the element stays. */
    Status free(long expected) {
        Status status = Status.OK;
        LockedProgram program = null;
        lock();
        if (generation != expected) {
            status = Status.ENOENT;
        } else if (block == null) {
            status = Status.EINVAL;
        } else {
            program = detach();
        }
        unlock();
        put(program);
        return status;
    }

    Status cancelAsync(long expected) {
        Status status;
        lock();
        TimerBlock<K, V> mine = block;
        if (generation != expected) {
            status = Status.ENOENT;
        } else if (mine == null) {
            status = Status.EINVAL;
        } else {
            status = base.disarm(mine);
        }
        unlock();
        return status;
    }

    /**
     * Disarms, drops callback and program, and waits as {@code hrtimer_cancel} does: as long as the callback runs, again.
     * A caller that is itself in a callback counts in {@code cancelling} of the timer that it may wait for. If its own
     * count is not zero, some callback may wait for it, perhaps the very one that it is about to wait for: it is refused.
     * Both sides count before they look, so at least one of two sees the other.
     */
    Status cancel(long expected) {
        TimerBlock<?, ?> caller = CallbackContext.ofThread().current;
        lock();
        TimerBlock<K, V> target = block;
        Status refusal = generation != expected ? Status.ENOENT : admit(target, caller);
        if (refusal != null) {
            unlock();
            return refusal;
        }
        long life = lives;
        LockedProgram program = target.program;
        LockedBase on = base; // it does not leave while the callback runs that is waited for
        long taken = on.unbind(target);
        unlock();
        put(program);
        boolean queued = LockedBase.wasQueued(taken);
        for (long run = LockedBase.run(taken); run != 0; run = LockedBase.run(taken)) {
            on.awaitFinished(run);
            lock();
            boolean same = block == target && lives == life;
            program = same ? target.program : null;
            on = base;
            taken = same ? on.unbind(target) : 0;
            unlock();
            put(program);
            queued |= LockedBase.wasQueued(taken);
        }
        if (caller != null) {
            target.cancelling.getAndDecrement();
        }
        return queued ? Status.CANCELLED : Status.IDLE;
    }

    /** Null if the caller may cancel. */
    private static Status admit(TimerBlock<?, ?> target, TimerBlock<?, ?> caller) {
        if (target == null) {
            return Status.EINVAL;
        }
        if (caller == null) {
            return null;
        }
        if (target == caller) {
            return Status.EDEADLK;
        }
        target.cancelling.getAndIncrement();
        if (caller.cancelling.get() == 0) {
            return null;
        }
        target.cancelling.getAndDecrement();
        return Status.EDEADLK;
    }

    private LockedProgram detach() {
        TimerBlock<K, V> old = block;
        if (old == null) {
            return null;
        }
        LockedProgram program = old.program;
        block = null;
        base.detach(old);
        map.pool().uncount();
        return program;
    }

    private static void put(LockedProgram program) {
        if (program != null) {
            program.put();
        }
    }
}
