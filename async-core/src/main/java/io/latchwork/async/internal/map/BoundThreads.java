// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;

/**
 * Which thread is bound to which base: an open hash table of thread ids. A thread binds and looks up itself only.
 *
 * <p>Looking up is wait-free and may be done in NMI; binding is lock-free, and allocates. The place of a thread that unbound
 * itself may be taken by another; when there is none, so may that of a thread that is dead.
 *
 * <pre>
 * bits 63..8  thread id; 0 if the place was never used
 * bits 7..0   base + 1; 0 if the thread unbound itself
 * </pre>
 */
public final class BoundThreads {
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle HOLDER = MethodHandles.arrayElementVarHandle(Holder[].class);
    private static final int BASE_MASK = 0xff;

    private final long[] places;
    private final Holder[] holders;

    /** Who took a place; it may be behind the place's word, and then names another thread. */
    private static final class Holder extends WeakReference<Thread> {
        private final long id;

        Holder(Thread thread, long id) {
            super(thread);
            this.id = id;
        }

        boolean isDead(long of) {
            Thread thread = get();
            return id == of && (thread == null || !thread.isAlive());
        }
    }

    /**
     * An empty table.
     *
     * @param capacity how many threads may be bound at one time
     */
    public BoundThreads(int capacity) {
        places = new long[capacity];
        holders = new Holder[capacity];
    }

    /**
     * The base of a thread.
     *
     * @param self the calling thread
     * @return its index; -1 if it is not bound
     */
    @SuppressWarnings("deprecation") // its successor is not in JDK 17; a thread that overrides it is at worst not found
    public int find(Thread self) {
        long id = self.getId();
        for (int k = 0; k < places.length; k++) {
            long seen = (long) PLACE.getOpaque(places, at(id, k)); // relaxed: a thread looks for its own store
            if (seen == 0) {
                return -1;
            }
            if (seen >>> 8 == id) {
                return (int) (seen & BASE_MASK) - 1;
            }
        }
        return -1;
    }

    /**
     * Binds a thread.
     *
     * @param self the calling thread
     * @param base the index of its base; -1 to unbind
     * @return false if there is no place
     */
    @SuppressWarnings("deprecation") // as above
    public boolean bind(Thread self, int base) {
        long id = self.getId();
        for (;;) {
            int place = placeFor(id);
            if (place < 0) {
                if (base >= 0 && forgetTheDead()) {
                    continue;
                }
                return base < 0;
            }
            long seen = (long) PLACE.getOpaque(places, place); // relaxed: only the compare-and-set below decides
            boolean own = seen >>> 8 == id;
            if (!own && base < 0) {
                return true;
            }
            if ((own || (seen & BASE_MASK) == 0)
                    && PLACE.compareAndSet(places, place, seen, id << 8 | base + 1)) { // relaxed: claims a place, orders nothing
                HOLDER.setRelease(holders, place, new Holder(self, id)); // AC38 -> AC39: publishes its id
                return true;
            }
        }
    }

    /** Frees the places of dead threads. False if there was none. */
    private boolean forgetTheDead() {
        boolean any = false;
        for (int at = 0; at < places.length; at++) {
            long seen = (long) PLACE.getOpaque(places, at); // relaxed: as in bind
            Holder holder = (Holder) HOLDER.getAcquire(holders, at); // AC39 <- AC38: sees the id
            if ((seen & BASE_MASK) != 0 && holder != null && holder.isDead(seen >>> 8)) {
                any |= PLACE.compareAndSet(places, at, seen, seen & ~(long) BASE_MASK); // relaxed: as if it had unbound itself
            }
        }
        return any;
    }

    /** The place that a thread has, or else the first that it may take; -1 if there is none. */
    private int placeFor(long id) {
        int free = -1;
        for (int k = 0; k < places.length; k++) {
            int at = at(id, k);
            long seen = (long) PLACE.getOpaque(places, at); // relaxed: as in bind
            if (seen >>> 8 == id) {
                return at;
            }
            if (free < 0 && (seen & BASE_MASK) == 0) {
                free = at;
            }
            if (seen == 0) {
                break;
            }
        }
        return free;
    }

    private int at(long id, int k) {
        return (int) ((id + k) % places.length);
    }
}
