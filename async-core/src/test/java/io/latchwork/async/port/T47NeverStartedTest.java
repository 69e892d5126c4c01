// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfWq;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z44, the retry without an end: a work that was never started is deleted. It must be freed
 * and let go of its program after a few rounds, and so must a timer.
 */
class T47NeverStartedTest extends PortCase {
    @Test
    @Needs(Feature.WORKS)
    void aWorkThatWasNeverStartedIsFreed() {
        useDriven();
        BpfHashMap<Integer, String> map = rt.hashMap("map", 2);
        assertEquals(Status.OK, map.update(0, "v"));
        BpfProg own = load("own");
        BpfWq<Integer, String> wq = found(map, 0).wq();
        assertEquals(Status.OK, wq.init(map));
        assertEquals(Status.OK, wq.setCallback(own, (in, key, value) -> { }));
        isFreed(map, own);
    }

    @Test
    @Needs(Feature.WORKS)
    void aWorkWithoutACallbackIsFreed() {
        useDriven();
        BpfHashMap<Integer, String> map = rt.hashMap("map", 2);
        assertEquals(Status.OK, map.update(0, "v"));
        assertEquals(Status.OK, found(map, 0).wq().init(map));
        assertEquals(Status.OK, map.delete(0));
        driver.drain();
        assertEquals(0, rt.audit().blocks());
    }

    @Test
    void aTimerThatWasNeverStartedIsFreed() {
        useDriven();
        BpfHashMap<Integer, String> map = rt.hashMap("map", 2);
        assertEquals(Status.OK, map.update(0, "v"));
        BpfProg own = load("own");
        var timer = found(map, 0).timer();
        assertEquals(Status.OK, timer.init(map, boottime()));
        assertEquals(Status.OK, timer.setCallback(own, (in, key, value) -> { }));
        isFreed(map, own);
    }

    private void isFreed(BpfHashMap<Integer, String> map, BpfProg own) {
        assertEquals(Status.OK, own.release());
        driver.drain();
        assertEquals(0, unloads("own"), "unloaded while in use");
        assertEquals(Status.OK, map.delete(0));
        driver.drain(); // fails if the agents never run out of work
        assertEquals(1, unloads("own"));
        if (has(Feature.AUDIT)) {
            assertEquals(0, rt.audit().blocks());
        }
    }
}
