// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** As {@link FirstCalls}, with the kinds of maps that are not plain hash maps. */
public final class FirstMapCalls {
    private FirstMapCalls() {
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
        BpfLruHashMap<String, String> lru = runtime.lruHashMap("l", 1);
        BpfHashMap<String, String> growing = runtime.growingHashMap("g", 8);
        BpfArrayMap<String> array = runtime.arrayMap("a", 2);
        BpfArrayOfMaps<String, String> arrayOfMaps = runtime.arrayOfMaps("am", 2);
        BpfHashOfMaps<String, String, String> hashOfMaps = runtime.hashOfMaps("hm", 2);
        MapElement<String, String> handle = lru.handle();
        MapElement<Integer, String> at = array.handle();
        MapElement<String, String> grown = growing.handle();
        String key = "k"; // naming a literal for the first time allocates it, in this program
        String value = "v";
        String other = "w";
        Integer place = 1;
        growing.update(key, value);
        threads.getThreadAllocatedBytes(id);
        long meter = threads.getThreadAllocatedBytes(id);
        meter = threads.getThreadAllocatedBytes(id) - meter; // what the meter itself costs
        long before = threads.getThreadAllocatedBytes(id);
        lru.update(key, value);
        lru.update(other, value);
        lru.update(other, other);
        lru.lookup(other, handle);
        lru.delete(other);
        growing.lookup(key, grown);
        growing.lookup(other, grown);
        growing.update(key, other);
        array.updateAt(1, value);
        array.update(place, value);
        array.lookupAt(1, at);
        array.lookup(place, at);
        array.delete(place);
        arrayOfMaps.update(place, lru);
        arrayOfMaps.lookup(place);
        arrayOfMaps.update(place, growing);
        arrayOfMaps.delete(place);
        arrayOfMaps.update(place, lru);
        arrayOfMaps.close();
        hashOfMaps.update(key, lru);
        hashOfMaps.lookup(key);
        hashOfMaps.update(key, growing);
        hashOfMaps.delete(key);
        hashOfMaps.update(key, lru);
        hashOfMaps.close();
        array.close();
        lru.close();
        long used = threads.getThreadAllocatedBytes(id) - before - meter;
        System.out.println("allocated " + used);
    }
}
