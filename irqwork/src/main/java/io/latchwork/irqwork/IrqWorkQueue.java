// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.util.Objects;

/**
 * The queue of one worker. Any context puts items on it, never waiting; one thread at a time, the owner, runs them.
 *
 * <p>Who may run with whom ("-": no coordination needed; "1": one thread at a time; "no": refused):
 * <pre>
 *                                run   close   sync   inside run() of an item
 * queue, queueLazy, queueHard     -      -      -       -
 * isEmpty, isClosed               -      -      -       -
 * run, close                      1      1      -       no: IllegalStateException
 * sync                            -      -      -       no: IllegalStateException
 * </pre>
 * The calls that queue may interrupt any other call on the same thread, at any instruction.
 *
 * <p><b>Source of the idea:</b> Linux irq_work (kernel/irq_work.c), with FIFO order, and with refusal after closing.
 */
public final class IrqWorkQueue {

    /*
     * Algorithm: a call that queues claims the item, pushes it, and if the list was empty raises the worker. The owner
     * takes both lists, then runs what it took, oldest first. The flags: see IrqWork. The running: see WorkRunner.
     * Invariants
     *   I1  an item that was claimed and accepted is run after its claim, by one run.
     *   I2  run() takes both lists before it runs anything, so it ends: what is queued meanwhile is the next call's.
     *   I3  a list is non-empty and its parked owner not raised only between a push and its raise: if the pusher
     *       stalls for good right there, the worker is late, but by no more than its lazy tick.
     *   I4  after close() every claim is undone, and the call that made it is told.
     * Claiming and pushing are two steps, so PENDING cannot mean "on the list": see Outcome.
     */

    /** What became of a call that queues. */
    public enum Outcome {
        /** The item is on the queue. A run that begins later sees what the caller stored before. */
        QUEUED,
        /**
         * The item was pending already. This promises only that a run that <em>begins later</em> sees what the caller
         * stored before; the item need not be on the queue yet, as the call that claimed it may not have pushed it. If
         * that call is answered {@link #CLOSED} there is no such run; then that call sees what this caller stored.
         */
        PENDING,
        /**
         * The queue is closed and the item was not taken: no run will come of this call. The caller stands in for all
         * that were answered {@link #PENDING} meanwhile, and sees what they stored before.
         */
        CLOSED
    }

    private final Llist raised = new Llist();
    private final Llist lazy = new Llist();
    private final Raiser raiser;
    private final WorkRunner runner;

    /**
     * An open, empty queue. Publish it to other threads safely, as any object.
     * @param raiser how to make the worker look; usually the worker's idle strategy
     * @param errorHandler is told what runs throw
     */
    public IrqWorkQueue(final Raiser raiser, final IrqWorkErrorHandler errorHandler) {
        this.raiser = Objects.requireNonNull(raiser, "raiser");
        this.runner = new WorkRunner(Objects.requireNonNull(errorHandler, "errorHandler"));
    }

    /**
     * Queues an item, and raises the worker if no other item waits.
     * <p><b>Progress:</b> lock-free: 1 read-modify-write, a push, at most 1 raise. If the item is pending: wait-free, 1
     * read-modify-write. <b>Context:</b> anywhere, any nesting. <b>Ordering:</b> see {@link Outcome}.
     *
     * @param work the item
     * @return {@link Outcome#QUEUED}, {@link Outcome#PENDING} or {@link Outcome#CLOSED}
     */
    public Outcome queue(final IrqWork work) {
        if (!work.claim()) {
            return Outcome.PENDING;
        }
        final Llist.Push met = raised.push(work);
        if (met == Llist.Push.EMPTY) {
            raiser.raise();
        }
        return outcome(met, work);
    }

    /**
     * Queues an item and raises nobody. It is run in the worker's next duty cycle; if the worker is parked, at the
     * latest one lazy tick later ({@link HybridIdle} never parks longer than that).
     * <p><b>Progress, Context, Ordering:</b> as {@link #queue}, without the raise.
     *
     * @param work the item
     * @return {@link Outcome#QUEUED}, {@link Outcome#PENDING} or {@link Outcome#CLOSED}
     */
    public Outcome queueLazy(final IrqWork work) {
        return work.claim() ? outcome(lazy.push(work), work) : Outcome.PENDING;
    }

    /**
     * Queues an item and raises the worker whatever the outcome. So an item that is waiting lazily is run now, and a
     * worker that an earlier, stalled caller has not raised yet is raised.
     * <p><b>Progress, Context, Ordering:</b> as {@link #queue}, always with the raise.
     *
     * @param work the item
     * @return {@link Outcome#QUEUED}, {@link Outcome#PENDING} or {@link Outcome#CLOSED}
     */
    public Outcome queueHard(final IrqWork work) {
        final Outcome outcome = work.claim() ? outcome(raised.push(work), work) : Outcome.PENDING;
        raiser.raise();
        return outcome;
    }

    /**
     * Runs what is on the queue now: first what was queued to be run soon, then what was queued lazily, each oldest
     * first. What is queued meanwhile waits for the next call. A run that throws is reported and ends nothing.
     *
     * <p><b>Progress:</b> 2 loads if nothing waits; else 1 or 2 exchanges, and 2 read-modify-writes and the run of each
     * item. <b>Context:</b> the owner's thread, not from inside a run. Ownership may move to another thread if that
     * is ordered.
     *
     * @return how many items were run
     * @throws IllegalStateException if called from inside a run
     */
    public int run() {
        runner.enter();
        final LlistNode first = raised.takeAll();
        final LlistNode second = lazy.takeAll();
        return runner.run(first, second);
    }

    /**
     * Closes the queue for good and runs what it accepted before. Every later call that queues is answered
     * {@link Outcome#CLOSED}, also from the runs of this call. Closing again does nothing.
     * <p><b>Progress, Context:</b> as {@link #run()}.
     *
     * @return how many items were run
     * @throws IllegalStateException if called from inside a run
     */
    public int close() {
        runner.enter();
        final LlistNode first = raised.close();
        final LlistNode second = lazy.close();
        return runner.run(first, second);
    }

    /**
     * Waits until an item is neither pending nor running, for one moment at least: it may be queued again at once.
     * <p><b>Blocks:</b> spins, yields, then parks in short steps, until the owner has run the item; for ever if the
     * owner never runs, or the item is queued again all the time. An interrupt does not end the wait; its status is
     * kept. <b>Context:</b> not the owner's thread, nothing that a run waits for, no call that must not wait.
     * <b>Ordering:</b> all that the last run stored is visible afterwards.
     *
     * @param work an item of this queue
     * @throws IllegalStateException if the caller is the thread that called {@link #run()} or {@link #close()} last
     */
    public void sync(final IrqWork work) {
        if (runner.isOwner()) {
            throw new IllegalStateException("sync by the worker itself");
        }
        work.awaitIdle();
    }

    /**
     * Whether nothing is waiting, lazily queued items included.
     * <p><b>Progress:</b> wait-free, 2 loads. <b>Context:</b> anywhere. <b>Ordering:</b> sequentially consistent with
     * the pushes, as a parking worker needs it: see {@link Llist#isEmpty()}.
     *
     * @return {@code true} if both lists were empty or closed
     */
    public boolean isEmpty() {
        return raised.isEmpty() && lazy.isEmpty();
    }

    /**
     * Whether the queue refuses.
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> anywhere; a hint: {@code queue} finds out by itself.
     *
     * @return {@code true} if it is closed; it stays so
     */
    public boolean isClosed() {
        return lazy.isClosed();
    }

    /**
     * How often the error handler itself threw, which is otherwise ignored.
     * <p><b>Progress:</b> wait-free, 1 load. <b>Context:</b> anywhere; a statistic.
     *
     * @return the count
     */
    public long handlerFailures() {
        return runner.handlerFailures();
    }

    private static Outcome outcome(final Llist.Push met, final IrqWork work) {
        if (met != Llist.Push.CLOSED) {
            return Outcome.QUEUED;
        }
        work.unclaim();
        return Outcome.CLOSED;
    }
}
