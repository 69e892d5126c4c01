// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.BpfWork;
import io.latchwork.async.internal.timer.Workqueue;
import io.latchwork.rcu.Rcu;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * The kworkers and what they have to do: works to run, and unload hooks of programs. All of that is code of users that may
 * block, which neither a base nor the thread that ends grace periods should run.
 *
 * <p>The queue lies between workers only, so it may be one that is not safe in NMI: a ring of JCTools and, for what does not fit,
 * a linked queue. Only the ring's relaxed calls are used: they give up where the others would spin until a stalled worker goes
 * on. Nobody who queues waits.
 */
final class Kworkers extends Workqueue {
    /*
     * Wake-ups. A kworker that is about to park sets its bit in asleep and then looks at the queue; who queues does so, and
     * then looks at asleep: Dekker, by full fences, since the queues promise less. So a task is seen by whoever parks after it,
     * or its queuer sees somebody asleep, and raises that one. A kworker that takes a task and sees another raises one more
     * before it begins, so that a callback that blocks keeps nothing from the others. It clears its bit when it goes on, and
     * nobody else does: a queuer that stalls in between silences nobody. One that is raised twice before it goes on stands
     * for two tasks; it finds the second when it has taken the first.
     */
    private static final int RING = 4096;
    private static final long AWAIT_NS = 1_000_000;
    private static final VarHandle ASLEEP;
    private static final VarHandle ELSEWHERE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ASLEEP = lookup.findVarHandle(Kworkers.class, "asleep", long.class);
            ELSEWHERE = lookup.findVarHandle(Kworkers.class, "elsewhere", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MessagePassingQueue<Object> ring = new MpmcVarHandleArrayQueue<>(RING);
    private final Queue<Object> overflow = new ConcurrentLinkedQueue<>();
    private final List<Kworker> workers = new ArrayList<>();
    private final Executor executor;
    private final ErrorReports errors;
    private long asleep;
    private int elsewhere;

    /**
     * A queue without kworkers.
     *
     * @param executor who runs works in place of the kworkers, or null
     * @param errors told what goes wrong
     */
    Kworkers(Executor executor, ErrorReports errors) {
        this.executor = executor;
        this.errors = errors;
    }

    /**
     * Adds a kworker, before anything is queued.
     *
     * @param idle how it waits
     * @param launched whether its thread is the runtime's own
     * @param reclaims the domain whose grace periods it ends too, because that has no thread; or null
     * @return its agent
     */
    Kworker add(Idle idle, boolean launched, Rcu reclaims) {
        Kworker worker = new Kworker(this, workers.size(), idle.raiser(), launched, reclaims);
        workers.add(worker);
        idle.bind(worker::mayPark, () -> Long.MAX_VALUE);
        return worker;
    }

    // ------------------------------------------------------------------------------------------------ queueing

    @Override
    public void queue(BpfWork work) {
        submit(work);
    }

    /** Hands over a dead program whose grace period has passed. Called by the thread that runs RCU callbacks. */
    void unload(ProgImpl prog) {
        submit(prog);
    }

    private void submit(Object task) {
        if (!ring.relaxedOffer(task)) {
            overflow.add(task);
        }
        VarHandle.fullFence(); // AC86 <-> AC87: the task before the look at who is asleep; else it waits for a lazy tick
        raiseOne();
    }

    /** Raises a kworker that is asleep, if there is one. */
    void raiseOne() {
        long seen = (long) ASLEEP.getOpaque(this); // relaxed: the fences before it order it
        if (seen != 0) {
            workers.get(Long.numberOfTrailingZeros(seen)).raise();
        }
    }

    // ------------------------------------------------------------------------------------------------ kworkers

    /** The next task, or null. Those that did not fit into the ring and those that did take turns. */
    Object take(boolean overflowFirst) {
        Object task = overflowFirst ? overflow.poll() : ring.relaxedPoll();
        if (task == null) {
            task = overflowFirst ? ring.relaxedPoll() : overflow.poll();
        }
        return task;
    }

    boolean isEmpty() {
        return ring.isEmpty() && overflow.isEmpty();
    }

    /** A kworker is about to park. True if it may. */
    boolean mayPark(long bit) {
        ASLEEP.getAndBitwiseOr(this, bit); // relaxed: the fence after it orders it
        VarHandle.fullFence(); // AC87 <-> AC86: the bit before the look at the queue; as submit
        return isEmpty();
    }

    /** It goes on. */
    void awake(long bit) {
        ASLEEP.getAndBitwiseAnd(this, ~bit); // relaxed: the fence after it orders it
        VarHandle.fullFence(); // AC87 <-> AC86: who still saw the bit has queued before this one looks for a second task
    }

    /** Does a task. Nothing that goes wrong with one is in the way of the next. */
    void run(Object task) {
        if (task instanceof BpfWork work) {
            runWork(work);
        } else {
            unloadNow((ProgImpl) task);
        }
    }

    private void runWork(BpfWork work) {
        if (executor == null) {
            execute(work);
            return;
        }
        Handover handover = new Handover(this, work);
        try {
            executor.execute(handover);
        } catch (Throwable refusal) {
            work.refused(refusal);
            handover.run(); // does nothing if the executor took it after all
        }
    }

    private void execute(BpfWork work) {
        try {
            work.execute();
        } catch (Throwable error) { // not the callback's, which went to the handler already
            errors.onError("", "", error);
        }
    }

    /** Runs a work on a thread of the executor. */
    void executeElsewhere(BpfWork work) {
        ELSEWHERE.getAndAdd(this, 1); // relaxed: a run that begins after the look comes too late anyway
        try {
            execute(work);
            forgetThread();
        } finally {
            ELSEWHERE.getAndAdd(this, -1); // AC90 -> AC91: what it gave back comes before the end of the domain
        }
    }

    private void unloadNow(ProgImpl prog) {
        try {
            prog.unload();
        } catch (Throwable error) { // the hook's own fault; the next hook runs all the same
            errors.onError(prog.name(), "", error);
        }
    }

    // ------------------------------------------------------------------------------------------------ the end

    /** Waits until the executor is running none. */
    void awaitElsewhere() {
        while ((int) ELSEWHERE.getAcquire(this) != 0) { // AC91 <- AC90: as there
            LockSupport.parkNanos(this, AWAIT_NS);
        }
    }

    /** Does what was queued after the kworkers had gone. */
    void runRest() {
        for (Object task = take(false); task != null; task = take(false)) {
            run(task);
        }
    }

    @Override
    public boolean isOnlyKworker() {
        return workers.size() == 1 && workers.get(0).isOwnDutyCycle();
    }
}
