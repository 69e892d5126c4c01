// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.internal.RefCount;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.irqwork.IrqWork;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;
import io.latchwork.seqlatch.LatchCell;

/**
 * What a control block owns and for how long: references, the binding of program and callback, the way back to its
 * pool. It knows nothing of states and deadlines, and nothing of the kind of callback.
 *
 * <p>References. The map holds one from init to destroy. Every queued run holds one, taken before queueing and dropped at
 * the end of the run; a run that is refused because one is pending needs none. The last put asks for a grace period.
 */
abstract class CbLifetime extends IrqWork {
    final LatchCell<ProgImpl, Object> binding;

    private final RefCount refs;
    private final Rcu rcu;
    private final CbHome home;
    private final int poolIndex;

    // written before the block is published, and not again before a grace period has passed
    private Object key;
    private Object value;

    CbLifetime(CbHome home, int poolIndex, Rcu rcu, int slots) {
        this.home = home;
        this.poolIndex = poolIndex;
        this.rcu = rcu;
        this.binding = new LatchCell<>(slots);
        this.refs = new RefCount(0) {
            @Override
            protected void reclaim() {
                recycle();
            }
        };
    }

    /** Begins a life, with the map's reference. */
    final void beginLife(Object ofKey, Object ofValue) {
        key = ofKey;
        value = ofValue;
        refs.reset(1);
    }

    /** Resets what the subclass keeps, after a grace period. */
    abstract void endLife();

    /**
     * The block's place in its pool.
     *
     * @return the index it was made with
     */
    public final int poolIndex() {
        return poolIndex;
    }

    /**
     * Takes a reference, to use the block beyond the end of a read section.
     *
     * @return false if the block is dying
     */
    public final boolean tryGet() {
        return refs.tryGet();
    }

    /** Drops a reference. The last one frees the block after a grace period. */
    public final void put() {
        if (refs.put()) {
            rcu.callRcu(refs);
        }
    }

    /** The pair of a binding, as it was read. One thread's own. */
    static final class Bound {
        private ProgImpl prog;
        private Object callback;

        String program() {
            return prog.name();
        }

        void forget() {
            prog = null;
            callback = null;
        }
    }

    /**
     * Reads the bound pair; an empty cell leaves what was read before. Inside a read section, which is what keeps the
     * program loaded.
     *
     * @param into where to
     * @return false if none is bound
     */
    final boolean readBinding(Bound into) {
        ProgImpl prog;
        Object callback;
        long token;
        do {
            token = binding.readBegin();
            prog = binding.readFirst(token);
            callback = binding.readSecond(token);
        } while (binding.readRetry(token));
        if (callback == null) {
            return false;
        }
        into.prog = prog;
        into.callback = callback;
        return true;
    }

    /**
     * Reads the bound pair and takes a reference on its program, so that it may be called outside of any read section. A
     * pair that is held already is let go for the one that is bound now; if the cell is empty it stays held.
     *
     * @param held where to; to be called or let go
     * @param seen room for a reading, so that this allocates nothing
     * @return false if none is bound
     */
    final boolean holdBinding(Bound held, Bound seen) {
        RcuSlot section = rcu.readLock();
        try {
            while (readBinding(seen)) {
                if (seen.prog != held.prog) {
                    if (!seen.prog.tryGet()) {
                        continue; // it died, so the cell has changed
                    }
                    dropHeld(held);
                    held.prog = seen.prog;
                }
                held.callback = seen.callback;
                return true;
            }
            return false;
        } finally {
            section.unlock();
        }
    }

    /** Calls back what is held, and lets it go. */
    final void callHeld(Bound held) {
        ProgImpl prog = held.prog;
        Object callback = held.callback;
        held.forget();
        try {
            call(prog, callback);
        } finally {
            prog.put();
        }
    }

    /** Drops the reference of a pair that is held; nothing if none is. */
    static void dropHeld(Bound held) {
        ProgImpl prog = held.prog;
        held.forget();
        if (prog != null) {
            prog.put();
        }
    }

    /** The name of the program that is bound, or the empty string; for reports. */
    final String boundProgram() {
        Bound seen = new Bound();
        RcuSlot section = rcu.readLock();
        try {
            return readBinding(seen) ? seen.program() : "";
        } finally {
            section.unlock();
        }
    }

    /** Reports what went wrong outside of a callback. */
    final void report(String program, Throwable error) {
        home.onError(program, error);
    }

    /** Where the block belongs, for reports. */
    final String homeName() {
        return home.name();
    }

    /**
     * Reads, of all that a callback is going to need, a word each, so that it is in the processor's cache by then. Done for many
     * blocks in a row the misses overlap; else each expiry waits for them one after the other.
     *
     * @return something that depends on every word, to be used: else the reads could be optimised away
     */
    final int prefetchLife() {
        ProgImpl prog = binding.readFirst(binding.readBegin());
        return (prog == null ? 1 : 0) + wordOf(key) + wordOf(value);
    }

    private static int wordOf(Object object) {
        return object != null && object.getClass() == Object.class ? 1 : 0; // reads the header
    }

    /** Calls back. */
    final void call(ProgImpl prog, Object callback) {
        try {
            home.call(callback, key, value);
        } catch (Throwable t) { // whatever it is, the base and the other timers go on
            home.onError(prog.name(), t);
        }
    }

    /** Ends the ownership of a pair that came out of the binding. */
    final void dropReplaced(int slot) {
        if (slot != LatchCell.NONE) {
            ProgImpl old = binding.first(slot);
            binding.free(slot);
            old.put();
        }
    }

    /**
     * After a grace period: nobody can reach the block any more. The program reference that is still bound is dropped
     * only here, since a setCallback that raced with destroy may have stored it at any time before.
     */
    private void recycle() {
        dropReplaced(binding.clear());
        key = null;
        value = null;
        endLife();
        home.recycled(poolIndex);
    }
}
