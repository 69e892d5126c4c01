// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** A program whose first calls into a fresh virtual machine are metered; run by {@link AllocationTest}. */
public final class FirstCalls {
    private FirstCalls() {
    }

    /**
     * Prints the bytes that the first round of calls allocated.
     *
     * @param args none
     */
    public static void main(String[] args) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        AsyncRuntime runtime = AsyncRuntime.builder().build();
        BpfProg prog = runtime.loadProgram("p", () -> { });
        BpfHashMap<String, String> map = runtime.hashMap("m", 2);
        MapElement<String, String> handle = map.handle();
        TimerCallback<String, String> callback = (m, k, v) -> { };
        BpfTimer<String, String> timer = handle.timer();
        WorkCallback<String, String> work = (m, k, v) -> { };
        BpfWq<String, String> wq = handle.wq();
        makeWorks(map); // documented: the first of a map allocates
        ClockId clock = ClockId.MONOTONIC;
        String key = "k"; // naming a literal for the first time allocates it, in this program
        String value = "v";
        String other = "w";
        threads.getThreadAllocatedBytes(id);
        long meter = threads.getThreadAllocatedBytes(id);
        meter = threads.getThreadAllocatedBytes(id) - meter; // what the meter itself costs
        long before = threads.getThreadAllocatedBytes(id);
        map.update(key, value);
        map.lookup(key, handle);
        timer.init(map, clock);
        timer.setCallback(prog, callback);
        timer.start(1_000_000_000L, 0);
        timer.start(2_000_000_000L, 0);
        timer.cancelAsync();
        timer.start(1L, 0);
        wq.init(map);
        wq.setCallback(prog, work);
        wq.start();
        wq.start();
        wq.cancelAsync();
        wq.start();
        runtime.nmiEnter();
        timer.cancel();
        wq.cancel();
        wq.flush();
        runtime.nmiExit();
        map.update(key, other);
        map.delete(key);
        long used = threads.getThreadAllocatedBytes(id) - before - meter;
        System.out.println("allocated " + used);
    }

    private static void makeWorks(BpfHashMap<String, String> map) {
        map.update("first", "of the map");
        map.lookup("first").wq().init(map);
        map.delete("first");
    }
}
