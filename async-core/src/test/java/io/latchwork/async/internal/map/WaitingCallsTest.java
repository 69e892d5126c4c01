// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Driver;
import org.junit.jupiter.api.Test;

/** A call that waits is in no read section: only its reference keeps the block. */
class WaitingCallsTest {
    @Test
    void aBlockThatIsDeletedUnderAWaitIsKeptUntilTheWaitIsOver() {
        AsyncRuntime rt = AsyncRuntime.builder().clock(new ManualClock()).build();
        Driver driver = new Driver(rt);
        BpfHashMap<Integer, String> map = rt.hashMap("map", 2);
        map.update(1, "v").orThrow();
        ElementHandle<Integer, String> handle = (ElementHandle<Integer, String>) map.lookup(1);
        handle.init(map, ClockId.MONOTONIC).orThrow();
        Status answer = handle.waiting((block, caller) -> {
            map.delete(1).orThrow();
            driver.drain();
            assertEquals(1, rt.audit().blocks(), "the block went back under the call");
            return block.cancelAndWait(caller);
        }, null);
        assertEquals(Status.ENOENT, answer);
        driver.drain();
        assertEquals(0, rt.audit().blocks());
        rt.close();
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }
}
