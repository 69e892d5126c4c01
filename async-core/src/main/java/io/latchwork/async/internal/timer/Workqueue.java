// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

/** Where works are run, as their control blocks see it; and which thread is running which. */
public abstract class Workqueue {
    // only asked by calls that may block: a thread that asks for the first time allocates its entry
    private final ThreadLocal<Here> here = new ThreadLocal<>();

    /** What a thread that runs works keeps from run to run, so that these allocate nothing. Its own. */
    private static final class Here {
        private BpfWork running;
        private Room room; // null while a run uses it
    }

    /** Where a run reads its binding. */
    static final class Room {
        final CbLifetime.Bound bound = new CbLifetime.Bound();
        final CbLifetime.Bound seen = new CbLifetime.Bound();
    }

    /** A queue on which no thread is running anything. */
    protected Workqueue() {
    }

    /**
     * Takes an item and sees to it that {@link BpfWork#execute()} is called on it once. Never waits. Called by the owner of a
     * base, or by a thread that is done with a run; never by a caller of the API.
     *
     * @param work the item; its queueing reference goes with it
     */
    public abstract void queue(BpfWork work);

    /**
     * Tells whether nothing can be taken from the queue before the calling thread returns.
     *
     * @return true on the only kworker there is
     */
    public abstract boolean isOnlyKworker();

    /**
     * The work whose callback the calling thread is in; not to be called in NMI.
     *
     * @return null outside of works' callbacks
     */
    public final BpfWork runningHere() {
        Here own = here.get();
        return own == null ? null : own.running;
    }

    /** The calling thread begins to run a work. Returns the one in whose callback it does so, or null. */
    final BpfWork enter(BpfWork work) {
        Here own = here.get();
        if (own == null) {
            own = new Here();
            here.set(own);
        }
        BpfWork outer = own.running;
        own.running = work;
        if (outer != null) {
            outer.mayWaitFor(work); // it can not go on before; so whoever waits for it waits for the inner one
        }
        return outer;
    }

    /** Takes the thread's room; a run inside of another's callback, or of its reading, gets a new one. After {@link #enter}. */
    final Room takeRoom() {
        Here own = here.get();
        Room room = own.room;
        own.room = null;
        return room == null ? new Room() : room;
    }

    /** Gives it back, emptied: a thread that runs nothing for a while must not keep a program, its callback and their runtime. */
    final void giveBack(Room room) {
        room.seen.forget();
        here.get().room = room;
    }

    /** The run is over. */
    final void leave(BpfWork outer) {
        if (outer != null) {
            outer.waitsNoMore();
        }
        here.get().running = outer;
    }

    /** Leaves nothing behind on a thread that is not a kworker's, unless it is inside of a callback. */
    protected final void forgetThread() {
        if (runningHere() == null) {
            here.remove();
        }
    }
}
