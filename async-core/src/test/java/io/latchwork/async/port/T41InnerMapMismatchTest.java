// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfHashOfMaps;
import io.latchwork.async.BpfMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.Test;

/**
 * The original: init of a value of inner map A with inner map B is refused when loaded (Z15). Here the call refuses it,
 * and the same with two maps that nothing holds.
 */
class T41InnerMapMismatchTest extends RaceCase {
    @Test
    @Needs(Feature.MAP_IN_MAP)
    void aValueOfOneInnerMapIsNotInitialisedWithAnother() throws Exception {
        repeat(() -> {
            useDriven();
            BpfHashOfMaps<String, Integer, String> outer = rt.hashOfMaps("outer", 2);
            assertEquals(Status.OK, outer.update("a", rt.hashMap("a", 1)));
            assertEquals(Status.OK, outer.update("b", rt.hashMap("b", 1)));
            mismatch(outer.lookup("a"), outer.lookup("b"));
        });
    }

    @Test
    void aValueOfOneMapIsNotInitialisedWithAnother() throws Exception {
        repeat(() -> {
            useDriven();
            BpfHashMap<Integer, String> a = rt.hashMap("a", 1);
            mismatch(a, rt.hashMap("b", 1));
        });
    }

    private void mismatch(BpfMap<Integer, String> a, BpfMap<Integer, String> b) {
        assertEquals(Status.OK, a.update(1, "in a"));
        assertEquals(Status.OK, b.update(1, "in b"));
        MapElement<Integer, String> element = found(a, 1);
        assertEquals(Status.EINVAL, element.timer().init(b, ClockId.MONOTONIC));
        assertEquals(Status.EINVAL, element.timer().start(0, 0));
        assertEquals(Status.EINVAL, found(b, 1).timer().start(0, 0));
        if (has(Feature.WORKS)) {
            assertEquals(Status.EINVAL, element.wq().init(b));
        }
        assertEquals(Status.OK, element.timer().init(a, ClockId.MONOTONIC));
    }
}
