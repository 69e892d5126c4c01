// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.contract.Driver;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is gone can be collected: neither a thread nor a runtime that goes on keeps it. */
@Timeout(60)
class ForgottenTest {
    private static final int COLLECTIONS = 10; // one does, unless something else is in its way

    private final ManualClock clock = new ManualClock();

    private static void isCollected(WeakReference<?> gone) {
        for (int i = 0; i < COLLECTIONS && gone.get() != null; i++) {
            System.gc();
        }
        assertNull(gone.get());
    }

    /** Fires a timer and runs a work, with callbacks that are this run's own, and takes everything apart. */
    private WeakReference<Object> useOnce(AsyncRuntime rt, List<String> ran) {
        Driver driver = new Driver(rt);
        BpfProg prog = rt.loadProgram("prog", () -> ran.add("unloaded"));
        BpfHashMap<Integer, String> map = rt.hashMap("map", 4);
        map.update(1, "one").orThrow();
        MapElement<Integer, String> element = map.lookup(1);
        Object own = new Object();
        element.timer().init(map, ClockId.MONOTONIC).orThrow();
        element.timer().setCallback(prog, (inMap, key, value) -> ran.add(own == null ? "" : "timer")).orThrow();
        element.timer().start(1, 0).orThrow();
        element.wq().init(map).orThrow();
        element.wq().setCallback(prog, (inMap, key, value) -> ran.add(own == null ? "" : "work")).orThrow();
        element.wq().start(0).orThrow();
        clock.advance(2);
        driver.drain();
        prog.release().orThrow();
        map.close();
        driver.drain();
        return new WeakReference<>(own);
    }

    @Test
    void aThreadThatRanTheAgentsKeepsNoRuntime() {
        List<String> ran = new ArrayList<>();
        AsyncRuntime rt = AsyncRuntime.builder().clock(clock).build();
        useOnce(rt, ran);
        rt.close();
        assertTrue(rt.audit().isClean());
        WeakReference<AsyncRuntime> gone = new WeakReference<>(rt);
        rt = null;
        isCollected(gone);
        assertEquals(List.of("timer", "unloaded", "work"), ran.stream().sorted().toList());
    }

    @Test
    void aRuntimeThatGoesOnKeepsNoCallbackOfAProgramThatIsGone() {
        List<String> ran = new ArrayList<>();
        try (AsyncRuntime rt = AsyncRuntime.builder().clock(clock).build()) {
            isCollected(useOnce(rt, ran));
            assertEquals(List.of("timer", "unloaded", "work"), ran.stream().sorted().toList());
        }
    }

    @Test
    void aLaunchedRuntimeThatIsClosedIsKeptByNobody() {
        AsyncRuntime rt = AsyncRuntime.builder().launch();
        BpfHashMap<Integer, String> map = rt.hashMap("map", 4);
        map.update(1, "one").orThrow();
        rt.close();
        WeakReference<AsyncRuntime> gone = new WeakReference<>(rt);
        rt = null;
        map = null;
        isCollected(gone);
    }
}
