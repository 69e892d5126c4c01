// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.latchwork.async.BpfMapOfMaps;
import io.latchwork.async.Status;
import org.junit.jupiter.api.Test;

/** Arrays of maps. */
class ArrayOfMapsTest extends OuterMapCase {
    @Override
    BpfMapOfMaps<Integer, Integer, String> newOuter(String name, int maxEntries) {
        return rt.arrayOfMaps(name, maxEntries);
    }

    @Test
    void aPlaceOutsideOfTheArrayIsRefused() {
        for (int outside : new int[] {-1, PLACES, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertEquals(Status.E2BIG, outer.update(outside, inner));
            assertEquals(Status.ENOENT, outer.delete(outside));
            assertNull(outer.lookup(outside));
        }
        assertEquals(0, outer.size());
        inner.close();
        assertEquals(Status.ENOENT, inner.open(), "nobody holds it");
    }
}
