// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How works end: with their element, their map, their program, their runtime. */
@Timeout(60)
class WqCloseTest {
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private AsyncRuntime rt;
    private BpfProg prog;
    private BpfHashMap<Integer, String> map;

    private void launch(int kworkers, long closeTimeoutNs) {
        rt = AsyncRuntime.builder().kworkers(kworkers).closeTimeoutNs(closeTimeoutNs)
            .errorHandler((program, inMap, error) -> events.add(program + "/" + inMap + "/" + error)).launch();
        prog = rt.loadProgram("prog", () -> events.add("unloaded"));
        map = rt.hashMap("map", 64);
    }

    private BpfWq<Integer, String> work(int key, WorkCallback<Integer, String> callback) {
        map.update(key, "v" + key).orThrow();
        BpfWq<Integer, String> wq = map.lookup(key).wq();
        wq.init(map).orThrow();
        wq.setCallback(prog, callback).orThrow();
        return wq;
    }

    private void block(Object inMap, Object key, Object value) {
        running.countDown();
        await(mayEnd);
        events.add("ended");
    }

    /** Goes on waiting when it is interrupted, as a callback may. */
    private static void await(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException goOn) {
                // see above
            }
        }
    }

    @Test
    void aProgramIsUnloadedOnceAfterItsLastRun() {
        launch(2, Long.MAX_VALUE);
        work(1, this::block).start().orThrow();
        await(running);
        map.delete(1).orThrow();
        prog.close();
        BpfProg other = rt.loadProgram("other", () -> events.add("other unloaded"));
        other.close();
        while (!events.contains("other unloaded")) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("other unloaded"), List.copyOf(events), "the running callback holds its program");
        mayEnd.countDown();
        rt.close();
        assertEquals(List.of("other unloaded", "ended", "unloaded"), List.copyOf(events));
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }

    @Test
    void aCallbackThatIsReplacedWhileItRunsKeepsItsProgram() {
        launch(2, Long.MAX_VALUE);
        BpfWq<Integer, String> wq = work(1, this::block);
        wq.start().orThrow();
        await(running);
        BpfProg other = rt.loadProgram("other", () -> events.add("other unloaded"));
        wq.setCallback(other, (inMap, key, value) -> { }).orThrow();
        prog.close();
        BpfProg marker = rt.loadProgram("marker", () -> events.add("marker unloaded"));
        marker.close();
        while (!events.contains("marker unloaded")) {
            Thread.onSpinWait();
        }
        assertEquals(List.of("marker unloaded"), List.copyOf(events));
        mayEnd.countDown();
        rt.close();
        assertEquals(List.of("ended"), events.stream().filter(e -> !e.endsWith("unloaded")).toList());
        assertTrue(events.indexOf("unloaded") > events.indexOf("ended"), events.toString());
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }

    @Test
    void closingWaitsForARunningCallback() {
        launch(1, Long.MAX_VALUE);
        work(1, (inMap, key, value) -> {
            running.countDown();
            for (int i = 0; i < 1_000; i++) {
                Thread.yield();
            }
            events.add("ended");
        }).start().orThrow();
        work(2, (inMap, key, value) -> events.add("must not run")).start().orThrow();
        await(running);
        rt.close();
        assertTrue(rt.audit().isClean(), rt.audit().toString());
        assertEquals("ended", events.get(0));
    }

    @Test
    void aStuckWorkHoldsClosingUpForTheTimeOutOnlyAndWhatIsLeftIsDoneWhenItEnds() {
        launch(1, 10_000_000);
        work(1, this::block).start().orThrow();
        await(running);
        work(2, (inMap, key, value) -> events.add("must not run")).start().orThrow();
        rt.close();
        Audit audit = rt.audit();
        assertEquals(1, audit.pendingWorks());
        assertFalse(audit.isClean());
        assertFalse(events.contains("unloaded"));
        assertTrue(events.stream().anyMatch(event -> event.startsWith("latchwork-kworker-0")), events.toString());
        for (int i = 0; i < 100_000 && rt.audit().threads() != 3; i++) {
            Thread.yield(); // the last of them may not have begun
        }
        for (int i = 0; i < 2_000; i++) {
            Thread.yield(); // every chance for the domain to end too early
        }
        assertEquals(3, rt.audit().threads(), "the kworker, the one that ends grace periods, and the one that waits");
        mayEnd.countDown();
        while (!rt.audit().isClean()) {
            Thread.onSpinWait();
        }
        assertEquals(1, events.stream().filter("unloaded"::equals).count());
        assertFalse(events.contains("must not run"));
        assertFalse(events.stream().anyMatch(event -> event.contains("IllegalState")), events.toString());
    }

    /** Deletes and updates against starts, runs and self-restarts; at the end nothing is out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void elementsComeAndGoUnderTheirRunningWorks(int kworkers) throws Exception {
        launch(kworkers, Long.MAX_VALUE);
        AtomicInteger runs = new AtomicInteger();
        WorkCallback<Integer, String> callback = (inMap, key, value) -> {
            if (runs.incrementAndGet() % 3 == 0) {
                MapElement<Integer, String> own = inMap.lookup(key);
                if (own != null) {
                    own.wq().start();
                }
            }
        };
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            int self = t;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    int key = i % 4;
                    switch ((i + self) % 3) {
                        case 0 -> map.update(key, "v" + i);
                        case 1 -> map.delete(key);
                        default -> {
                        }
                    }
                    MapElement<Integer, String> element = map.lookup(key);
                    if (element != null) {
                        element.wq().init(map);
                        element.wq().setCallback(prog, callback);
                        element.wq().start();
                        if (i % 32 == 0) {
                            element.wq().flush(); // lets some of them run
                        }
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        rt.close();
        assertTrue(runs.get() > 0);
        assertTrue(rt.audit().isClean(), rt.audit().toString());
        assertEquals(List.of("unloaded"), List.copyOf(events));
    }

    /** A start that was taken back never runs, one that was not runs once, though a delete follows at once. */
    @Test
    void whatACancelAnsweredHoldsAlsoAfterADelete() {
        launch(2, Long.MAX_VALUE);
        List<AtomicInteger> takenBack = new ArrayList<>();
        List<AtomicInteger> taken = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            AtomicInteger runs = new AtomicInteger();
            BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> runs.incrementAndGet());
            wq.start().orThrow();
            Status answer = wq.cancelAsync();
            if (answer == Status.IDLE) {
                assertEquals(1, runs.get(), "neither taken back nor over");
            }
            map.delete(1).orThrow();
            (answer == Status.CANCELLED ? takenBack : taken).add(runs);
        }
        rt.close();
        assertEquals(List.of(), takenBack.stream().filter(runs -> runs.get() != 0).toList());
        assertEquals(List.of(), taken.stream().filter(runs -> runs.get() != 1).toList());
        assertEquals(List.of("unloaded"), List.copyOf(events));
    }

    @Test
    void everyRuntimeThatClosesWhileWorksAreStartedEndsClean() throws Exception {
        for (int round = 0; round < 50; round++) {
            events.clear();
            launch(2, Long.MAX_VALUE);
            BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
                MapElement<Integer, String> own = inMap.lookup(key);
                if (own != null) {
                    own.wq().start();
                }
            });
            CountDownLatch begun = new CountDownLatch(1);
            Thread starter = new Thread(() -> {
                begun.countDown();
                while (wq.start() != Status.ENOENT) {
                    Thread.onSpinWait();
                }
            });
            starter.start();
            await(begun);
            rt.close();
            starter.join();
            assertTrue(rt.audit().isClean(), rt.audit().toString());
            assertEquals(List.of("unloaded"), List.copyOf(events));
        }
    }
}
