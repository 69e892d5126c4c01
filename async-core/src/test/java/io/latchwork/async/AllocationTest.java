// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that may be made anywhere allocate nothing: measured, call by call, in a warm process. */
class AllocationTest {
    private static final int CALLS = 20_000;
    private static final int RUNS = 2_000;
    /** What the virtual machine itself may allocate once, when it links a call site again. */
    private static final long ONCE = 4_096;

    private final ManualClock clock = new ManualClock();
    private final AsyncRuntime runtime = AsyncRuntime.builder().clock(clock).build();
    private final BpfProg prog = runtime.loadProgram("p", () -> { });
    private final BpfHashMap<String, String> map = runtime.hashMap("m", 8);
    private final MapElement<String, String> handle = map.handle();
    private final TimerCallback<String, String> callback = (m, k, v) -> { };
    private final WorkCallback<String, String> work = (m, k, v) -> { };

    private static void assertAllocatesNothing(String what, Runnable call) {
        assertAllocatesNothing(what, call, () -> { });
    }

    private static void assertAllocatesNothing(String what, Runnable call, Runnable unmeasured) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            long sum = 0;
            for (int i = 0; i < CALLS; i += 10) {
                long before = threads.getThreadAllocatedBytes(id);
                for (int k = 0; k < 10; k++) {
                    call.run();
                }
                sum += threads.getThreadAllocatedBytes(id) - before;
                unmeasured.run();
            }
            least = Math.min(least, sum);
        }
        assertTrue(least < ONCE, what + " allocated " + least + " bytes in " + CALLS + " calls");
    }

    @Test
    void armingAndCancellingAllocateNothing() {
        map.update("k", "v").orThrow();
        map.lookup("k", handle).orThrow();
        handle.timer().init(map, ClockId.MONOTONIC).orThrow();
        BpfTimer<String, String> timer = handle.timer();
        assertAllocatesNothing("lookup", () -> map.lookup("k", handle));
        assertAllocatesNothing("setCallback", () -> timer.setCallback(prog, callback));
        assertAllocatesNothing("start, later", () -> timer.start(1_000_000, 0));
        assertAllocatesNothing("start, absolute", () -> timer.start(1_000_000, BpfTimer.TIMER_ABS));
        assertAllocatesNothing("start and cancelAsync", () -> {
            timer.start(5, 0);
            timer.cancelAsync();
        });
        assertAllocatesNothing("cancel", timer::cancel);
        assertAllocatesNothing("nmi marks", () -> {
            runtime.nmiEnter();
            runtime.nmiExit();
        });
        assertAllocatesNothing("open and release", () -> {
            map.open();
            map.release();
        });
        assertAllocatesNothing("refusals", () -> {
            timer.start(1, 64);
            timer.init(map, ClockId.MONOTONIC);
            map.delete("nobody");
        });
        assertEquals("v", handle.value());
    }

    @Test
    void queueingAndCancellingAWorkAllocateNothing() {
        map.update("k", "v").orThrow();
        map.lookup("k", handle).orThrow();
        BpfWq<String, String> wq = handle.wq();
        wq.init(map).orThrow();
        assertAllocatesNothing("setCallback", () -> wq.setCallback(prog, work));
        assertAllocatesNothing("start, pending", wq::start, this::housekeeping);
        assertAllocatesNothing("start and cancelAsync", () -> {
            wq.start();
            wq.cancelAsync();
        }, this::housekeeping);
        assertAllocatesNothing("start of one that the kworkers have", () -> {
            wq.start();
            wq.cancelAsync();
        });
        assertAllocatesNothing("cancel", wq::cancel);
        assertAllocatesNothing("refusals", () -> {
            wq.start(1);
            wq.init(map);
            wq.start();
        });
        housekeeping();
        assertAllocatesNothing("update and delete", () -> {
            map.update("k", "v");
            map.lookup("k", handle);
            wq.init(map);
            wq.setCallback(prog, work);
            wq.start();
            map.delete("k");
        }, this::housekeeping);
    }

    /** On the kworker's own thread, since one without a thread ends grace periods as well. */
    @Test
    void aRunOfAWorkAllocatesNothing() {
        try (AsyncRuntime launched = AsyncRuntime.builder().launch()) {
            BpfProg program = launched.loadProgram("p", () -> { });
            BpfHashMap<String, AtomicLong> counters = launched.hashMap("m", 1);
            AtomicLong runs = new AtomicLong();
            AtomicLong kworker = new AtomicLong();
            counters.update("k", runs).orThrow();
            BpfWq<String, AtomicLong> wq = counters.lookup("k").wq();
            wq.init(counters).orThrow();
            wq.setCallback(program, (m, k, count) -> {
                kworker.set(Thread.currentThread().getId());
                count.incrementAndGet();
            }).orThrow();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int attempt = 0; attempt < 3; attempt++) {
                run(wq, runs, 1); // the thread is known, and has what it keeps
                long before = threads.getThreadAllocatedBytes(kworker.get());
                run(wq, runs, RUNS);
                least = Math.min(least, threads.getThreadAllocatedBytes(kworker.get()) - before);
            }
            assertTrue(least < ONCE, "the kworker allocated " + least + " bytes in " + RUNS + " runs");
        }
    }

    private static void run(BpfWq<String, AtomicLong> wq, AtomicLong runs, int times) {
        for (int i = 0; i < times; i++) {
            long before = runs.get();
            wq.start();
            while (runs.get() == before) {
                Thread.yield();
            }
        }
    }

    private void housekeeping() {
        try {
            runtime.agents().get(0).doWork();
            runtime.agents().get(1).doWork();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deleting and inserting, with the housekeeping between, reuses what the map was made with. */
    @Test
    void churnAllocatesNothingWhileGracePeriodsKeepUp() {
        assertAllocatesNothing("update and delete", () -> {
            map.update("k", "v");
            map.lookup("k", handle);
            handle.timer().init(map, ClockId.MONOTONIC);
            handle.timer().setCallback(prog, callback);
            handle.timer().start(5, 0);
            map.delete("k");
        }, this::housekeeping);
    }

    /** Evicting and inserting reuses what the map was made with, while grace periods keep up. */
    @Test
    void evictionAllocatesNothing() {
        BpfLruHashMap<String, String> lru = runtime.lruHashMap("lru", 4);
        MapElement<String, String> at = lru.handle();
        String[] keys = {"a", "b", "c", "d", "e", "f", "g"};
        int[] next = new int[1];
        assertAllocatesNothing("insert into a full map", () -> {
            String key = keys[next[0]++ % keys.length];
            lru.update(key, "v");
            lru.lookup(key, at);
            at.timer().init(lru, ClockId.MONOTONIC);
            at.timer().setCallback(prog, callback);
            at.timer().start(5, 0);
            at.timer().cancelAsync();
        }, this::housekeeping);
        assertTrue(lru.evictions() > CALLS, "nothing was evicted");
        assertAllocatesNothing("lookup", () -> lru.lookup(keys[2], at));
    }

    @Test
    void aGrowingMapAllocatesOnlyWhatItPutsIn() {
        BpfHashMap<String, String> growing = runtime.growingHashMap("growing", 1 << 26);
        growing.update("k", "v").orThrow();
        MapElement<String, String> at = growing.lookup("k");
        assertAllocatesNothing("lookup", () -> growing.lookup("k", at));
        assertAllocatesNothing("lookup of what is not there", () -> growing.lookup("nobody", at));
        assertAllocatesNothing("update of what is there", () -> growing.update("k", "w"));
        at.timer().init(growing, ClockId.MONOTONIC).orThrow();
        at.timer().setCallback(prog, callback).orThrow();
        assertAllocatesNothing("start and cancelAsync", () -> {
            at.timer().start(5, 0);
            at.timer().cancelAsync();
        });
    }

    @Test
    void anArrayAllocatesNothing() {
        BpfArrayMap<String> array = runtime.arrayMap("array", 1_000);
        MapElement<Integer, String> at = array.handle();
        TimerCallback<Integer, String> ofArray = (m, k, v) -> { };
        assertAllocatesNothing("lookup", () -> array.lookupAt(999, at));
        assertAllocatesNothing("update, arm and cancel", () -> {
            array.updateAt(999, "v");
            at.timer().init(array, ClockId.MONOTONIC);
            at.timer().setCallback(prog, ofArray);
            at.timer().start(5, 0);
            at.timer().cancelAsync();
        }, this::housekeeping);
    }

    @Test
    void outerMapsAllocateNothing() {
        Integer place = 1;
        BpfMap<String, String> other = runtime.hashMap("other", 1);
        for (BpfMapOfMaps<Integer, String, String> outer : List.of(runtime.<String, String>arrayOfMaps("a", 2),
                runtime.<Integer, String, String>hashOfMaps("h", 2))) {
            outer.update(place, map).orThrow();
            assertAllocatesNothing("lookup", () -> sink = outer.lookup(place));
            assertAllocatesNothing("update", () -> {
                outer.update(place, other);
                outer.update(place, map);
            });
            assertAllocatesNothing("delete and insert", () -> {
                outer.delete(place);
                outer.update(place, map);
            }, this::housekeeping);
        }
    }

    /** Not even the first call of a process: every call site was linked when the runtime was made. */
    @ParameterizedTest
    @ValueSource(classes = {FirstCalls.class, FirstMapCalls.class})
    void theFirstCallsAllocateNothing(Class<?> program) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xint", "-cp",
            System.getProperty("java.class.path"), program.getName()).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("allocated 0", printed.strip());
        assertEquals(0, process.waitFor());
    }

    /** The meter sees what it is to see. */
    @Test
    void theMeterCanFail() {
        AssertionError seen = null;
        try {
            assertAllocatesNothing("lookup that makes a handle", () -> {
                map.update("k", "v");
                sink = map.lookup("k");
            });
        } catch (AssertionError e) {
            seen = e;
        }
        assertTrue(seen != null && seen.getMessage().contains("makes a handle"));
    }

    private Object sink;
}
