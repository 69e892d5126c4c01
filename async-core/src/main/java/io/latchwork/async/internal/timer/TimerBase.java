// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.irqwork.DeadlineSource;
import io.latchwork.irqwork.IrqWorkErrorHandler;
import io.latchwork.irqwork.IrqWorkQueue;
import io.latchwork.irqwork.IrqWorker;
import io.latchwork.irqwork.Raiser;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.Agent;

/**
 * One expiry queue with its one owner thread: the hrtimer base of a CPU, in the kernel's terms.
 *
 * <p>The owner's duty cycle runs the queued control blocks, then fires what is due, in exact deadline order, inside one
 * read section. There is one queue for each clock, keyed by that clock's own time: a clock that steps changes what is due, and
 * no entry.
 */
public final class TimerBase implements DeadlineSource {
    private static final VarHandle RUNNING;
    private static final VarHandle OWNER;
    private static final VarHandle NEXT_DEADLINE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RUNNING = lookup.findVarHandle(TimerBase.class, "running", BpfHrtimer.class);
            OWNER = lookup.findVarHandle(TimerBase.class, "owner", Thread.class);
            NEXT_DEADLINE = lookup.findVarHandle(TimerBase.class, "nextDeadline", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int PUBLISH_MASK = 63;

    private final TimeLine time;
    private final Rcu rcu;
    private final Raiser raiser;
    private final IrqWorkQueue works;
    private final IrqWorker worker;
    private final SlowWatch slow;
    private final BlockTable blocks = new BlockTable();
    private final ExpiryQueue[] queues = {new ExpiryQueue(blocks), new ExpiryQueue(blocks), new ExpiryQueue(blocks)};
    private final ExpiryQueue mono = queues[TimeLine.MONO];
    private final long[] now = new long[TimeLine.LINES];
    private final long[] reach = new long[TimeLine.LINES]; // now, and the longest leeway of what was queued
    private final long[] leeway = new long[TimeLine.LINES];
    private CachedClock published; // set before the owner begins; or null
    private RcuSlot section;
    private BpfHrtimer running;
    private Thread owner;
    private long nextDeadline = Long.MAX_VALUE;

    /**
     * A base with nothing in it, whose callbacks are not timed.
     *
     * @param name the role name of its agent
     * @param time where deadlines are measured
     * @param rcu the domain of its read sections
     * @param raiser wakes the owner
     */
    public TimerBase(String name, TimeLine time, Rcu rcu, Raiser raiser) {
        this(name, time, rcu, raiser, SlowWatch.OFF, (work, error) -> { });
    }

    /**
     * A base with nothing in it.
     *
     * @param name the role name of its agent
     * @param time where deadlines are measured
     * @param rcu the domain of its read sections
     * @param raiser wakes the owner
     * @param slow times the callbacks
     * @param errors told what a control block threw, which none ever should
     */
    public TimerBase(String name, TimeLine time, Rcu rcu, Raiser raiser, SlowWatch slow, IrqWorkErrorHandler errors) {
        this.time = time;
        this.rcu = rcu;
        this.slow = slow;
        this.raiser = raiser;
        this.works = new IrqWorkQueue(raiser, errors);
        this.worker = new IrqWorker(name, works, this);
    }

    /**
     * What the owner thread runs.
     *
     * @return the same agent always
     */
    public Agent agent() {
        return worker;
    }

    /**
     * Tells whether nothing waits for the owner's next duty cycle.
     *
     * @return false if a block is queued
     */
    public boolean isQuiet() {
        return works.isEmpty();
    }

    /**
     * Queues a block for the owner to look at, and raises the owner whatever the outcome: a caller that returns has
     * not left that to one who may be stalled.
     *
     * @param block the block; a reference travels with it when the outcome is QUEUED
     * @return the outcome
     */
    public IrqWorkQueue.Outcome queue(BpfAsyncCb block) {
        return works.queueHard(block);
    }

    /** Makes this base the one whose owner publishes the cached time. Before its owner begins, once a runtime. */
    public void publishesTime() {
        published = time.cached();
    }

    /**
     * Queues a block for the owner to look at in time, and raises the owner only if it would wake up too late by itself: it
     * looks at what is queued whenever it wakes, and it wakes for the deadline that it published last.
     *
     * @param block the block; a reference travels with it when the outcome is QUEUED
     * @param by the deadline, on the monotonic line, that the look must not come after
     * @return the outcome
     */
    IrqWorkQueue.Outcome queue(BpfHrtimer block, long by) {
        IrqWorkQueue.Outcome outcome = works.queueLazy(block);
        // AC96 <-> AC97: after the push. Either this sees that the owner will sleep for longer, or the owner sees the block
        if (time.toClock(TimeLine.MONO, by) < (long) NEXT_DEADLINE.getVolatile(this)) {
            raiser.raise();
        }
        return outcome;
    }

    // -------------------------------------------------------------------------------------------------- owner

    @Override
    public void onEnter() {
        OWNER.setOpaque(this, Thread.currentThread()); // relaxed: a thread only looks for itself here
        section = rcu.readLock();
    }

    @Override
    public void onExit() {
        publishNextDeadline();
        if (published != null) {
            published.cycleEnds();
        }
        section.unlock();
        OWNER.setOpaque(this, null); // relaxed: as above
    }

    /**
     * Tells whether the calling thread is inside a duty cycle of this base.
     *
     * @return true if it is
     */
    public boolean isOwnDutyCycle() {
        return (Thread) OWNER.getOpaque(this) == Thread.currentThread(); // relaxed: a thread looks for its own store
    }

    @Override
    public int runDue() {
        publishTime(0);
        boolean otherClocks = queues[TimeLine.WALL].size() + queues[TimeLine.BOOT].size() > 0;
        if (!otherClocks && mono.size() == 0) {
            return 0;
        }
        long nanoTime = time.clock().nanoTime();
        nowOn(TimeLine.MONO, nanoTime);
        return otherClocks ? runDueOnAll(nanoTime) : runDueOnOne();
    }

    private int runDueOnOne() {
        int work = 0;
        while (isDue(TimeLine.MONO)) {
            surfaced(TimeLine.MONO);
            publishTime(++work);
        }
        return work;
    }

    private int runDueOnAll(long nanoTime) {
        time.offsets().refreshIfDue(nanoTime);
        nowOn(TimeLine.WALL, nanoTime);
        nowOn(TimeLine.BOOT, nanoTime);
        int work = 0;
        for (int line = longestDue(); line >= 0; line = longestDue()) {
            surfaced(line);
            publishTime(++work);
        }
        return work;
    }

    private void nowOn(int line, long nanoTime) {
        now[line] = time.now(line, nanoTime);
        reach[line] = Math.min(now[line] + leeway[line], StateWord.NEVER - 1);
        queues[line].advance(reach[line]);
    }

    /** Whether the first entry of a line must fire, or may. */
    private boolean isDue(int line) {
        long key = queues[line].firstKey();
        return key <= now[line] || key <= reach[line] && key - blocks.get(queues[line].first()).leewayNs() <= now[line];
    }

    /** Now and then: the time that starts may use instead of the clock's. */
    private void publishTime(int work) {
        if (published != null && (work & PUBLISH_MASK) == 0) {
            published.renew();
        }
    }

    /** The line whose first entry has been due for the longest time, or must be soonest; -1 if nothing is due. */
    private int longestDue() {
        int longest = -1;
        long late = Long.MIN_VALUE;
        for (int line = 0; line < queues.length; line++) {
            long by = now[line] - queues[line].firstKey();
            if (by > late && isDue(line)) {
                late = by;
                longest = line;
            }
        }
        return longest;
    }

    @Override
    public long nextDeadlineNs() {
        return works.isEmpty() ? (long) NEXT_DEADLINE.getAcquire(this) // AC14 <- AC13: a snapshot
            : time.clock().nanoTime();
    }

    /**
     * As {@link #nextDeadlineNs()}, for an owner that is about to rest until then.
     *
     * @return nanoseconds on the clock
     */
    public long restsUntilNs() {
        if (published != null) {
            published.withdraw();
        }
        return nextDeadlineNs();
    }

    /** A queued block: make the expiry queue agree with its state. */
    void look(BpfHrtimer block) {
        long state = block.state();
        if (state == StateWord.DESTROY) {
            if (block.tryDestroyed() && block.entry != BpfHrtimer.NOT_QUEUED) {
                unqueue(block);
            }
        } else if (StateWord.isArmed(state)) {
            TimerBase target = block.target();
            if (target == null) {
                enqueueBy(block, state);
            } else {
                moveTo(target, block);
            }
        }
    }

    private void moveTo(TimerBase target, BpfHrtimer block) {
        if (block.entry != BpfHrtimer.NOT_QUEUED) {
            unqueue(block);
        }
        block.moveTo(target); // from here on the block is the target's
    }

    private void unqueue(BpfHrtimer block) {
        takeOut(block);
        block.unqueued();
    }

    /** Followed by unqueued(), or by a new entry. */
    private void takeOut(BpfHrtimer block) {
        queues[block.line].remove(block.entry, StateWord.deadlineOfPlace(block.queuedPlace()));
        blocks.remove(block.entry);
        block.entry = BpfHrtimer.NOT_QUEUED;
    }

    private void enqueueBy(BpfHrtimer block, long armed) {
        long deadline = time.deadline(armed, block.clock(), now[TimeLine.MONO]);
        long place = StateWord.place(armed) + (deadline - StateWord.deadline(armed) << 1);
        boolean queued = block.entry != BpfHrtimer.NOT_QUEUED;
        int line = TimeLine.line(armed, block.clock());
        if (queued && line == block.line && place >= block.queuedPlace()) {
            return; // the entry surfaces in time
        }
        leeway[line] = Math.max(leeway[line], block.leewayNs());
        if (queued && line == block.line) {
            queues[line].move(block.entry, StateWord.deadlineOfPlace(block.queuedPlace()), deadline);
        } else {
            if (queued) {
                takeOut(block);
            }
            block.line = line;
            block.entry = blocks.add(block);
            queues[line].insert(block.entry, deadline);
        }
        block.queuedAt(place);
    }

    /** The first entry of a line is due: fire it, or put it where its state wants it, or drop it. */
    private void surfaced(int line) {
        ExpiryQueue queue = queues[line];
        BpfHrtimer block = blocks.get(queue.first());
        unqueue(block);
        for (;;) {
            long state = block.state();
            if (!StateWord.isArmed(state)) {
                return;
            }
            TimerBase target = block.target();
            if (target != null) {
                block.moveTo(target);
                return;
            }
            long deadline = time.deadline(state, block.clock(), now[TimeLine.MONO]);
            if (TimeLine.line(state, block.clock()) != line || deadline - block.leewayNs() > now[line]
                || deadline > queue.firstKey()) {
                enqueueBy(block, state); // re-armed meanwhile, or others come first
                return;
            }
            if (fire(block, state)) {
                return;
            }
        }
    }

    /** False if a start, a cancel or a destroy was faster. */
    private boolean fire(BpfHrtimer block, long armed) {
        // locals: a reference that is stored into a long-lived object is work for the garbage collector, at every expiry
        ProgImpl prog;
        Object callback;
        long token;
        do {
            token = block.binding.readBegin();
            prog = block.binding.readFirst(token);
            callback = block.binding.readSecond(token);
        } while (block.binding.readRetry(token));
        if (callback == null) {
            return true; // a cancel is dropping the callback: it, or the bind after it, deals with the armed state
        }
        RUNNING.setOpaque(this, block); // relaxed: only the owner's own thread looks here
        block.runBegins();
        boolean taken = block.tryTake(armed);
        if (taken) {
            slow.callBound(block, prog, callback);
        }
        block.runEnds();
        RUNNING.setOpaque(this, null); // relaxed: as above
        return taken;
    }

    private void publishNextDeadline() {
        long next = time.toClock(TimeLine.MONO, Math.min(mono.firstKey(), StateWord.NEVER));
        if (queues[TimeLine.WALL].size() + queues[TimeLine.BOOT].size() > 0) {
            next = Math.min(next, nextOnOtherClocks());
        }
        if (next != (long) NEXT_DEADLINE.get(this)) { // plain: the owner reads its own store
            // AC13 -> AC14: what was queued at that time is visible. AC97 <-> AC96: before the last look for queued blocks
            NEXT_DEADLINE.setVolatile(this, next);
        }
    }

    /** The earliest deadline there, if the clocks do not step, but no later than the next look at the clocks. */
    private long nextOnOtherClocks() {
        long next = time.clock().nanoTime() + ClockOffsets.CHECK_NS;
        for (int line = TimeLine.WALL; line < queues.length; line++) {
            next = Math.min(next, time.toClock(line, Math.min(queues[line].firstKey(), StateWord.NEVER)));
        }
        return next;
    }

    // ----------------------------------------------------------------------------------------------- callers

    /**
     * The block whose callback the calling thread is in.
     *
     * @return null outside of callbacks of this base
     */
    public BpfHrtimer runningHere() {
        return isOwnDutyCycle() ? (BpfHrtimer) RUNNING.getOpaque(this) : null; // relaxed: the owner reads its own store
    }
}
