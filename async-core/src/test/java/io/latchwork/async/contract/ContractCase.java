// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What every contract test starts from: a runtime driven by hand on a manual clock, a program and a map. */
@Timeout(60)
abstract class ContractCase {
    static final long MS = 1_000_000L;
    static final long START = 5_000 * MS;
    static final int ENTRIES = 64;

    final ManualClock clock = new ManualClock(START);
    /** What callbacks and hooks threw: program, map, message. */
    final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    /** What {@link #record} saw: key, value, time since the start in ms. */
    final List<String> fired = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger unloads = new AtomicInteger();
    final TimerCallback<Integer, String> record = (inMap, key, value) -> fired.add(key + "=" + value + "@" + sinceStart());
    private final Deque<AsyncRuntime> opened = new ArrayDeque<>();

    AsyncRuntime rt;
    Driver driver;
    BpfProg prog;
    BpfHashMap<Integer, String> map;

    abstract Variant variant();

    @BeforeEach
    final void openRuntime() {
        use(RuntimeSpec.driven(clock, this::onError));
    }

    @AfterEach
    final void closeRuntimes() {
        opened.forEach(AsyncRuntime::close);
    }

    /** Makes another runtime the one that the test works on. */
    final void use(RuntimeSpec spec) {
        rt = open(spec);
        driver = new Driver(rt);
        prog = rt.loadProgram("prog", unloads::incrementAndGet);
        map = rt.hashMap("map", ENTRIES);
    }

    final AsyncRuntime open(RuntimeSpec spec) {
        AsyncRuntime runtime = variant().newRuntime(spec);
        opened.push(runtime);
        return runtime;
    }

    final RuntimeSpec driven() {
        return RuntimeSpec.driven(clock, this::onError);
    }

    final RuntimeSpec launched() {
        return RuntimeSpec.launched(clock, this::onError);
    }

    final void onError(String program, String inMap, Throwable error) {
        errors.add(program + "/" + inMap + "/" + error.getMessage());
    }

    final long sinceStart() {
        return (clock.nanoTime() - START) / MS;
    }

    /** An element of the map with value "v" and the key; its timer has no control block yet. */
    final MapElement<Integer, String> element(int key) {
        assertEquals(Status.OK, map.update(key, "v" + key));
        return found(key);
    }

    final MapElement<Integer, String> found(int key) {
        MapElement<Integer, String> element = map.lookup(key);
        assertNotNull(element, "key " + key);
        return element;
    }

    /** A timer that is initialised. */
    final BpfTimer<Integer, String> bare(int key) {
        BpfTimer<Integer, String> timer = element(key).timer();
        assertEquals(Status.OK, timer.init(map, ClockId.MONOTONIC));
        return timer;
    }

    /** A timer that may be started and records its expiry. */
    final BpfTimer<Integer, String> timer(int key) {
        return timer(key, record);
    }

    final BpfTimer<Integer, String> timer(int key, TimerCallback<Integer, String> callback) {
        BpfTimer<Integer, String> timer = bare(key);
        assertEquals(Status.OK, timer.setCallback(prog, callback));
        return timer;
    }

    /** A timer that is armed. */
    final BpfTimer<Integer, String> armed(int key, long delayMs) {
        BpfTimer<Integer, String> timer = timer(key);
        assertEquals(Status.OK, timer.start(delayMs * MS, 0));
        return timer;
    }

    /** Moves the clock and runs what became due. */
    final void advance(long ms) {
        clock.advance(ms * MS);
        driver.drain();
    }

    /** Moves the clock so slowly that every expiry is seen at its own millisecond. */
    final void creep(long ms) {
        for (long i = 0; i < ms; i++) {
            advance(1);
        }
    }

    /** Makes a call on another thread, and waits for its answer. */
    static Status outside(Supplier<Status> call) {
        try {
            return CompletableFuture.supplyAsync(call, task -> new Thread(task).start()).get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "timed out");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
