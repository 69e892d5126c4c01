// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.AsyncTimer;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.CloseHandler;
import io.latchwork.async.IdleMode;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;

/**
 * Runs every call that may be made in NMI once per JVM, before the first runtime is handed out: the first execution of a
 * VarHandle call site links it, which allocates and runs library code that an interrupting call must not meet.
 */
final class Prelink {
    private static final long CLOSE_TIMEOUT_NS = 1_000_000_000L;
    private static final int ROUNDS = 4;
    private static final int BASES = 2;
    private static final long CACHED_CLOCK_NS = 1_000;
    private static final boolean DONE = run();

    private Prelink() {
    }

    /** Returns when everything is linked. */
    static void ensure() {
        if (!DONE) {
            throw new AssertionError("not linked");
        }
    }

    private static boolean run() {
        ManualClock clock = new ManualClock();
        AsyncClock.system().nanoTime();
        RuntimeImpl runtime = RuntimeImpl.unlinked(new RuntimeConfig(BASES, clock, IdleMode.BUSY_SPIN,
            (program, map, error) -> { }, Thread::new, Long.MAX_VALUE, CLOSE_TIMEOUT_NS, 1, null, Long.MAX_VALUE,
            (program, map, tookNs) -> { }, new CloseHandler() { }, false, CACHED_CLOCK_NS, 0, 0));
        BpfProg prog = runtime.loadProgram("prelink", () -> { });
        BpfHashMap<String, String> map = runtime.hashMap("prelink", 1);
        for (int i = 0; i < ROUNDS; i++) {
            exercise(runtime, prog, map, clock);
            PrelinkMaps.exercise(runtime);
            exercise(runtime, prog, map);
        }
        map.open();
        map.release();
        exercise(runtime, prog, clock);
        prog.release();
        map.close();
        runtime.close();
        return true;
    }

    /** The other clocks, pinned starts, and timers without a map. */
    private static void exercise(RuntimeImpl runtime, BpfProg prog, ManualClock clock) {
        for (int base = 0; base < BASES; base++) {
            runtime.bindThread(base);
            for (ClockId on : ClockId.values()) {
                AsyncTimer timer = runtime.newTimer(prog, expired -> { }, on);
                timer.start(2, BpfTimer.TIMER_ABS);
                timer.start(1, BpfTimer.TIMER_CPU_PIN);
                runtime.bindThread(BASES - 1 - base);
                timer.start(1, BpfTimer.TIMER_CPU_PIN);
                runtime.runAgentsOnce();
                clock.advance(2);
                runtime.runAgentsOnce();
                timer.setCallback(prog, expired -> expired.cancelAsync());
                timer.start(0, 0);
                timer.cancelAsync();
                timer.close();
            }
        }
        runtime.bindThread(-1);
        runtime.runAgentsOnce();
    }

    private static void exercise(RuntimeImpl runtime, BpfProg prog, BpfHashMap<String, String> map, ManualClock clock) {
        map.update("key", "value");
        map.update("another", "does not fit");
        MapElement<String, String> handle = map.handle();
        map.lookup("key", handle);
        handle.key();
        handle.value();
        map.forEach(handle, element -> { });
        map.timers().start("nowhere", 1, 0);
        BpfTimer<String, String> timer = handle.timer();
        timer.init(map, ClockId.MONOTONIC);
        timer.init(map, ClockId.MONOTONIC);
        timer.setCallback(prog, (m, k, v) -> { });
        timer.setCallback(prog, (m, k, v) -> { });
        timer.start(2, 0);
        timer.start(1, 0);
        runtime.runAgentsOnce();
        timer.start(clock.nanoTime(), BpfTimer.TIMER_ABS);
        timer.cancelAsync();
        timer.start(1, 0);
        clock.advance(5);
        runtime.runAgentsOnce();
        runtime.nmiEnter();
        timer.cancel();
        runtime.nmiExit();
        timer.start(1, 0);
        map.update("key", "new value");
        timer.init(map, ClockId.MONOTONIC);
        map.delete("key");
        map.delete("key");
        timer.start(1, 0);
        runtime.runAgentsOnce();
    }

    private static void exercise(RuntimeImpl runtime, BpfProg prog, BpfHashMap<String, String> map) {
        map.update("key", "value");
        MapElement<String, String> handle = map.handle();
        BpfWq<String, String> wq = handle.wq();
        wq.init(map);
        map.lookup("key", handle);
        wq.init(map);
        wq.init(map);
        wq.setCallback(prog, (m, k, v) -> map.lookup(k).wq().start());
        wq.start();
        wq.start();
        runtime.runAgentsOnce();
        wq.cancelAsync();
        runtime.runAgentsOnce();
        wq.setCallback(prog, (m, k, v) -> { });
        wq.start();
        runtime.runAgentsOnce();
        runtime.nmiEnter();
        wq.cancel();
        wq.flush();
        runtime.nmiExit();
        wq.start();
        map.update("key", "new value");
        wq.init(map);
        wq.setCallback(prog, (m, k, v) -> { });
        wq.start();
        map.delete("key");
        wq.start();
        runtime.runAgentsOnce();
    }
}
