// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfLruHashMap;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/** The original: as T21 in an LRU map; the port adds that eviction takes a pending run back. */
@Needs({Feature.WORKS, Feature.LRU})
class T25WorkInLruHashTest extends WorkCase {
    @Test
    void aWorkOfAnLruMapRunsOnce() {
        useDriven();
        runsOnce(rt.lruHashMap("lru", 2));
    }

    @Test
    void aPendingWorkOfAnEvictedElementDoesNotRun() {
        useDriven();
        BpfLruHashMap<Integer, String> map = rt.lruHashMap("lru", 2);
        start(map, KEY, this::set);
        for (int key = KEY + 1; key < 20; key++) {
            assertEquals(Status.OK, map.update(key, "v"));
        }
        assertEquals(null, map.lookup(KEY));
        driver.drain();
        assertEquals(0, ok.get());
    }
}
