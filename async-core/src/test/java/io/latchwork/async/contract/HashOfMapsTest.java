// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchwork.async.BpfHashOfMaps;
import io.latchwork.async.BpfMapOfMaps;
import io.latchwork.async.Status;
import org.junit.jupiter.api.Test;

/** Hash maps of maps. */
class HashOfMapsTest extends OuterMapCase {
    @Override
    BpfMapOfMaps<Integer, Integer, String> newOuter(String name, int maxEntries) {
        return rt.hashOfMaps(name, maxEntries);
    }

    @Test
    void updateOfAFullMapIsRefusedAndHoldsNothing() {
        for (int place = 0; place < PLACES; place++) {
            assertEquals(Status.OK, outer.update(100 * place, map));
        }
        assertEquals(Status.E2BIG, outer.update(-7, inner));
        assertNull(outer.lookup(-7));
        inner.close();
        assertEquals(Status.ENOENT, inner.open(), "nobody holds it");
        assertEquals(Status.OK, outer.update(0, map), "what is there may be replaced");
    }

    @Test
    void keysOfAnyKindAreToldApart() {
        BpfHashOfMaps<String, Integer, String> byName = rt.hashOfMaps("by name", 2);
        byName.update("Aa", inner);
        byName.update("BB", map); // of the same hash
        assertSame(inner, byName.lookup("Aa"));
        assertSame(map, byName.lookup("BB"));
        byName.delete("Aa");
        assertNull(byName.lookup("Aa"));
        assertSame(map, byName.lookup("BB"));
    }

    @Test
    void aKeyThatThrowsHoldsNothing() {
        record Key(boolean inHash) {
            @Override
            public int hashCode() {
                if (inHash) {
                    throw new IllegalStateException("hashCode");
                }
                return 1;
            }

            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException("equals");
            }
        }
        BpfHashOfMaps<Key, Integer, String> byKey = rt.hashOfMaps("by key", 2);
        assertThrows(IllegalStateException.class, () -> byKey.update(new Key(true), inner));
        assertEquals(Status.OK, byKey.update(new Key(false), map));
        assertThrows(IllegalStateException.class, () -> byKey.update(new Key(false), inner));
        inner.close();
        assertEquals(Status.ENOENT, inner.open(), "nobody holds it");
        closeCleanly();
    }
}
