// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** User references of a map, and what happens when the last one goes. */
abstract class MapReferenceContract extends ContractCase {
    @Test
    void openTakesAnotherReference() {
        assertEquals(Status.OK, map.open());
        assertEquals(Status.OK, map.release());
        assertEquals(Status.OK, map.update(1, "a"));
    }

    @Test
    void theLastReleaseCancelsEveryTimerAndDeletesEveryElement() {
        for (int key = 0; key < ENTRIES; key++) {
            armed(key, 5);
        }
        map.open();
        map.close();
        assertEquals(ENTRIES, map.size());
        assertEquals(Status.OK, map.release());
        assertEquals(0, map.size());
        creep(10);
        assertEquals(List.of(), fired);
    }

    @Test
    void closeDropsItsReferenceOnce() {
        map.open();
        map.close();
        map.close();
        assertEquals(Status.OK, map.update(1, "a"));
        assertEquals(Status.OK, map.release());
    }

    @Test
    void openAfterTheLastReleaseFindsNothing() {
        map.close();
        assertEquals(Status.ENOENT, map.open());
    }

    @Test
    void releaseAfterTheLastReleaseFindsNothing() {
        map.close();
        assertEquals(Status.ENOENT, map.release());
    }

    @Test
    void updateAfterTheLastReleaseIsNotPermitted() {
        map.close();
        assertEquals(Status.EPERM, map.update(1, "a"));
        assertEquals(0, map.size());
    }

    @Test
    void nothingIsFoundAfterTheLastRelease() {
        MapElement<Integer, String> element = element(1);
        map.close();
        assertNull(map.lookup(1));
        assertEquals(Status.ENOENT, map.lookup(1, element));
        assertEquals(Status.ENOENT, map.delete(1));
        assertNull(element.key());
        assertEquals(Status.ENOENT, element.timer().start(0, 0));
    }

    @Test
    void closingDoesNotWaitForARunningCallback() {
        use(launched());
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        timer(1, (inMap, key, value) -> {
            running.countDown();
            await(mayEnd);
            ended.countDown();
        }).start(0, 0);
        await(running);
        map.close();
        assertEquals(1, ended.getCount());
        mayEnd.countDown();
        await(ended);
    }
}
