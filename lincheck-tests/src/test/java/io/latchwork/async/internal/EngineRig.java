// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.map.HashMapImpl;
import io.latchwork.async.internal.map.MapContext;
import io.latchwork.async.internal.map.MapCore;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.async.internal.timer.BpfAsyncCb;
import io.latchwork.async.internal.timer.BpfHrtimer;
import io.latchwork.async.internal.timer.BpfWork;
import io.latchwork.async.internal.timer.CbHome;
import io.latchwork.async.internal.timer.TimeLine;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.async.internal.timer.Workqueue;
import io.latchwork.rcu.Rcu;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The real engine without threads: a clock, one base or more, one map, one program. It is put together by hand because the
 * reader tables of a whole runtime are sized for production: their scan would be most of what the checker steps through.
 */
public final class EngineRig implements CbHome {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int FIRED = 0;
    private static final int UNLOADED = 1;
    private static final int RECYCLED = 2;
    private static final int ERRORS = 3;
    private static final int QUEUED = 4;
    private static final int FIRED_ON = 5;
    private static final int CYCLES = 4;
    private static final VarHandle WORK = MethodHandles.arrayElementVarHandle(BpfWork[].class);

    private final ManualClock clock = new ManualClock();
    private final Rcu rcu = Rcu.builder().manual().ownedSlots(4).leasedSlots(0).counterStripes(1).build();
    private final int[] counts;
    private final BpfWork[] queued = new BpfWork[1];
    private final TimeLine line = new TimeLine(clock);
    private final TimerBase[] bases;
    private final Workqueue kworkers = new Kworkers();
    private final MapContext context;
    private final ProgImpl prog;

    /** An engine at time 0, with one base. */
    public EngineRig() {
        this(1);
    }

    /** An engine at time 0. */
    public EngineRig(final int baseCount) {
        counts = new int[FIRED_ON + baseCount];
        bases = new TimerBase[baseCount];
        for (int i = 0; i < baseCount; i++) {
            bases[i] = new TimerBase("base", line, rcu, () -> { });
        }
        context = new MapContext(this, rcu, line, bases, new Quota(Long.MAX_VALUE), kworkers,
            (program, map, error) -> count(ERRORS));
        prog = new ProgImpl(this, "prog", () -> count(UNLOADED), rcu, ProgImpl::unload);
    }

    private void count(final int which) {
        CELL.getAndAdd(counts, which, 1);
    }

    private int get(final int which) {
        return (int) CELL.getVolatile(counts, which);
    }

    /** A queue with room for one work, which may be in it twice if it wrongly is. */
    private final class Kworkers extends Workqueue {
        @Override
        public void queue(final BpfWork work) {
            final BpfWork before = (BpfWork) WORK.getAndSet(queued, 0, work);
            assertTrue(before == null || before == work, "two works");
            count(QUEUED);
        }

        @Override
        public boolean isOnlyKworker() {
            return false;
        }
    }

    // ---------------------------------------------------------------------------------------------------- parts

    /** A base, owned by whoever calls {@link #cycle(int)}. */
    public TimerBase base(final int index) {
        return bases[index];
    }

    /** Where deadlines are measured. */
    public TimeLine line() {
        return line;
    }

    /** The domain. */
    public Rcu rcu() {
        return rcu;
    }

    /** What maps of any kind are made with. */
    public MapContext context() {
        return context;
    }

    /** The program. */
    public ProgImpl prog() {
        return prog;
    }

    /** A map of a few elements with timers. It has room for two threads that initialise the same timer. */
    public HashMapImpl<Integer, Integer> newMap() {
        return newMap(2);
    }

    /** A map of a few elements with so many timers. */
    public HashMapImpl<Integer, Integer> newMap(final int maxTimers) {
        return new HashMapImpl<>(context, "map", 2, maxTimers);
    }

    /** A map of a few elements without timers. It has room for two threads that insert the same new key. */
    public HashMapImpl<Integer, Integer> newPlainMap() {
        return new HashMapImpl<>(context, "map", 4, 0);
    }

    /** A map with one element, key 1, and a handle of it. */
    public MapElement<Integer, Integer> elementOf(final HashMapImpl<Integer, Integer> map) {
        assertEquals(Status.OK, map.update(1, 1));
        return map.lookup(1);
    }

    /** Initialises a timer of a map. */
    public static Status init(final MapElement<Integer, Integer> element, final BpfMap<Integer, Integer> map) {
        return element.timer().init(map, ClockId.MONOTONIC);
    }

    /** Sets the counting callback of an element's timer. */
    public Status setCallback(final MapElement<Integer, Integer> element) {
        return element.timer().setCallback(prog, (map, key, value) -> count(FIRED));
    }

    /** A block of its own, without a map. */
    public BpfHrtimer newBlock() {
        final BpfHrtimer block = new BpfHrtimer(this, 0, rcu, 4);
        block.begin(bases[0], 1, 1);
        block.confirm();
        return block;
    }

    /** Sets the counting callback of a block. */
    public Status bind(final BpfHrtimer block) {
        return bind(block, () -> { });
    }

    /** Sets a callback of a block that counts and then does something. */
    public Status bind(final BpfAsyncCb block, final Runnable deed) {
        return block.bind(prog, deed);
    }

    /** Initialises a work of a map. */
    public static Status initWork(final MapElement<Integer, Integer> element, final HashMapImpl<Integer, Integer> map) {
        return element.wq().init(map);
    }

    /** Sets the counting callback of an element's work. */
    public Status setWork(final MapElement<Integer, Integer> element) {
        return element.wq().setCallback(prog, (map, key, value) -> count(FIRED));
    }

    /** A work of its own, without a map. */
    public BpfWork newWork() {
        final BpfWork work = new BpfWork(this, 0, rcu, 4, kworkers);
        work.begin(bases[0], 1, 1);
        work.confirm();
        return work;
    }

    @Override
    public String name() {
        return "no map";
    }

    @Override
    public void call(final Object callback, final Object key, final Object value) {
        count(FIRED);
        for (int i = 0; i < bases.length; i++) {
            if (bases[i].isOwnDutyCycle()) {
                count(FIRED_ON + i);
            }
        }
        ((Runnable) callback).run();
    }

    @Override
    public void onError(final String program, final Throwable error) {
        count(ERRORS);
    }

    @Override
    public void recycled(final int poolIndex) {
        count(RECYCLED);
    }

    // --------------------------------------------------------------------------------------------------- running

    /** Sets the time. */
    public void time(final long ns) {
        clock.set(ns);
    }

    /** One duty cycle of every base. */
    public void cycle() {
        for (int i = 0; i < bases.length; i++) {
            cycle(i);
        }
    }

    /** One duty cycle of a base. */
    public void cycle(final int base) {
        try {
            bases[base].agent().doWork();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What a kworker does: runs the work that was passed on, if one was. */
    public void kworker() {
        int seen = get(QUEUED);
        while (seen > 0) {
            final int witness = (int) CELL.compareAndExchange(counts, QUEUED, seen, seen - 1);
            if (witness == seen) {
                ((BpfWork) WORK.getVolatile(queued, 0)).execute();
                return;
            }
            seen = witness;
        }
    }

    /** Sets the time and runs one duty cycle of every base. */
    public void cycleAt(final long ns) {
        time(ns);
        cycle();
    }

    /** Sets the time and runs until nothing is left to do, reclamation included. */
    public void settleAt(final long ns) {
        time(ns);
        for (int i = 0; i < CYCLES; i++) {
            cycle();
            kworker();
        }
        rcu.reclaim();
        rcu.reclaim();
    }

    /** How often the callback ran. */
    public int fired() {
        return get(FIRED);
    }

    /** How often the callback of a block ran on a base. */
    public int firedOn(final int base) {
        return get(FIRED_ON + base);
    }

    /** How many blocks came back that have no map. */
    public int recycled() {
        return get(RECYCLED);
    }

    /** Closes a map and checks that everything comes back, the program's references included. */
    public void assertBalanced(final MapCore<Integer, Integer> map) {
        final int before = fired();
        map.close();
        settleAt(1_000);
        assertEquals(before, fired(), "fired after the map was closed");
        assertTrue(map.isDrained(), "something was not given back");
        assertTrue(map.poolsAreFull(), "a pool is not full");
        assertEquals(0, map.size(), "elements are left");
        assertUnloads();
    }

    /** Releases the program and checks that it unloads once. */
    public void assertUnloads() {
        assertEquals(0, get(UNLOADED), "unloaded too early");
        prog.release();
        settleAt(1_000);
        assertEquals(1, get(UNLOADED), "the program is still referenced");
        assertEquals(0, get(ERRORS), "errors");
    }
}
