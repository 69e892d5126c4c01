// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which starts wake the owner of a base: those that it would hear of too late, and no others. */
class RaiseTest {
    private final ManualClock clock = new ManualClock();
    private final Rcu rcu = Rcu.builder().manual().build();
    private final TimeLine time = new TimeLine(clock);
    private int raised;
    private int fired;
    private final List<BpfHrtimer> timers = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final TimerBase base = new TimerBase("base", time, rcu, () -> raised++, SlowWatch.OFF,
        (work, error) -> errors.add(error));
    private final CbHome home = new Home();

    private static final class Home implements CbHome {
        @Override
        public String name() {
            return "no map";
        }

        @Override
        public void call(Object callback, Object key, Object value) {
            ((Runnable) callback).run();
        }

        @Override
        public void onError(String program, Throwable error) {
            throw new AssertionError(program, error);
        }

        @Override
        public void recycled(int poolIndex) {
        }
    }

    private BpfHrtimer timer(ClockId on) {
        BpfHrtimer timer = new BpfHrtimer(home, 0, rcu, 4);
        timer.begin(base, on, 0, "key", "value");
        timer.confirm();
        RcuSlot section = rcu.readLock();
        assertEquals(Status.OK, timer.bind(new ProgImpl(this, "program", () -> { }, rcu, prog -> { }), (Runnable) () -> fired++));
        section.unlock();
        timers.add(timer);
        return timer;
    }

    private int raisesOf(Runnable call) {
        int before = raised;
        RcuSlot section = rcu.readLock();
        call.run();
        section.unlock();
        return raised - before;
    }

    private void work() throws Exception {
        base.agent().doWork();
    }

    @AfterEach
    void runsDropWhatTheyHaveAndNoMore() throws Exception {
        work();
        assertEquals(List.of(), errors);
        for (BpfHrtimer timer : timers) {
            assertTrue(timer.tryGet(), "the map's reference was dropped");
            timer.put();
        }
    }

    @Test
    void aBaseThatSleepsForNothingIsRaised() {
        assertEquals(1, raisesOf(() -> timer(ClockId.MONOTONIC).start(100)));
    }

    @Test
    void aBaseThatWillWakeEarlierIsNotRaisedAndFiresInTime() throws Exception {
        BpfHrtimer first = timer(ClockId.MONOTONIC);
        BpfHrtimer second = timer(ClockId.MONOTONIC);
        first.start(100);
        work();
        assertEquals(0, raisesOf(() -> second.start(100)), "the same deadline");
        assertTrue(base.nextDeadlineNs() <= clock.nanoTime(), "does not sleep with a block queued");
        clock.set(100);
        work();
        assertEquals(2, fired);
    }

    @Test
    void aBaseThatWillWakeLaterIsRaised() throws Exception {
        timer(ClockId.MONOTONIC).start(100);
        work();
        assertEquals(1, raisesOf(() -> timer(ClockId.MONOTONIC).start(99)));
    }

    @Test
    void aBlockThatWaitsQuietlyRaisesWhenItIsArmedForEarlier() throws Exception {
        BpfHrtimer second = timer(ClockId.MONOTONIC);
        timer(ClockId.MONOTONIC).start(100);
        work();
        assertEquals(0, raisesOf(() -> second.start(200)));
        assertEquals(1, raisesOf(() -> second.start(50)));
        clock.set(50);
        work();
        assertEquals(1, fired);
    }

    @Test
    void otherClocksAlwaysRaise() throws Exception {
        timer(ClockId.MONOTONIC).start(100);
        work();
        BpfHrtimer wall = timer(ClockId.REALTIME);
        assertEquals(1, raisesOf(() -> wall.start(time, clock.epochNanos() + 1_000, BpfTimer.TIMER_ABS)));
    }
}
