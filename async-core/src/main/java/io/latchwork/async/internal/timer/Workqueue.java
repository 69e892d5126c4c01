// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

/** Where works are run, as their control blocks see it; and which thread is running which. */
public abstract class Workqueue {
    // only asked by calls that may block: a thread that asks for the first time allocates its entry
    private final ThreadLocal<BpfWork> running = new ThreadLocal<>();

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
        return running.get();
    }

    /** The calling thread begins to run a work. Returns the one in whose callback it does so, or null. */
    final BpfWork enter(BpfWork work) {
        BpfWork outer = running.get();
        running.set(work);
        if (outer != null) {
            outer.mayWaitFor(work); // it can not go on before; so whoever waits for it waits for the inner one
        }
        return outer;
    }

    /** The run is over. */
    final void leave(BpfWork outer) {
        if (outer == null) {
            running.remove();
        } else {
            outer.waitsNoMore();
            running.set(outer);
        }
    }
}
