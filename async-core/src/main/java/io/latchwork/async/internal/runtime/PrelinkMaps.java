// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfLruHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfMapOfMaps;
import io.latchwork.async.MapElement;

/** The part of {@link Prelink} that runs the calls of the other kinds of maps. */
final class PrelinkMaps {
    private PrelinkMaps() {
    }

    static void exercise(RuntimeImpl runtime) {
        BpfHashMap<String, String> growing = runtime.growingHashMap("prelink", 2);
        BpfLruHashMap<String, String> lru = runtime.lruHashMap("prelink", 1);
        exercise(growing);
        exercise(lru);
        lru.evictions();
        array(runtime.arrayMap("prelink", 2));
        outer(runtime.arrayOfMaps("prelink", 2), 1, growing, lru);
        outer(runtime.hashOfMaps("prelink", 1), "key", growing, lru);
        growing.close();
        lru.close();
        runtime.runAgentsOnce();
    }

    private static void exercise(BpfMap<String, String> map) {
        MapElement<String, String> handle = map.handle();
        for (String key : new String[] {"key", "another", "key"}) {
            map.lookup(key, handle);
            map.update(key, "value");
            map.lookup(key, handle);
            map.update(key, "value");
            map.size();
        }
        map.forEach(handle, element -> { });
        map.delete("key");
        map.update("key", "value");
    }

    private static void array(BpfArrayMap<String> map) {
        MapElement<Integer, String> handle = map.handle();
        map.update(1, "value");
        map.updateAt(1, "value");
        map.lookup(1, handle);
        map.lookupAt(1, handle);
        handle.value();
        map.forEach(handle, element -> { });
        map.size();
        map.close();
        map.updateAt(1, "too late");
        map.lookupAt(1, handle);
    }

    private static <K> void outer(BpfMapOfMaps<K, String, String> outer, K key, BpfMap<String, String> first,
            BpfMap<String, String> second) {
        outer.lookup(key);
        outer.update(key, first);
        outer.update(key, second);
        outer.lookup(key);
        outer.size();
        outer.delete(key);
        outer.delete(key);
        outer.update(key, first);
        outer.close();
        outer.update(key, second);
    }
}
