// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfArrayOfMaps;
import io.latchwork.async.BpfContainer;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.Status;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Maps that are pinned by name. */
class PinTest extends LockFreeCase {
    private static final String PATH = "/maps/m";

    @Test
    void aPinnedMapOutlivesItsHandle() {
        armed(1, 5);
        assertEquals(Status.OK, rt.pin(PATH, map));
        assertEquals(1, rt.audit().pins());
        map.close();
        creep(5);
        assertEquals(List.of("1=v1@5"), fired);
        assertEquals(Status.OK, map.update(2, "b"));
        assertEquals(Status.OK, rt.unpin(PATH));
        assertEquals(0, rt.audit().pins());
        assertEquals(Status.EPERM, map.update(2, "c"));
        closeCleanly();
    }

    @Test
    void whoOpensAPinnedMapHoldsIt() {
        rt.pin(PATH, map);
        map.close();
        BpfContainer opened = rt.openPinned(PATH);
        assertSame(map, opened);
        rt.unpin(PATH);
        assertEquals(Status.OK, map.update(1, "a"));
        assertEquals(Status.OK, opened.release());
        assertEquals(Status.EPERM, map.update(1, "a"));
    }

    @Test
    void outerMapsMayBePinned() {
        BpfArrayOfMaps<Integer, String> outer = rt.arrayOfMaps("outer", 1);
        outer.update(0, map);
        assertEquals(Status.OK, rt.pin(PATH, outer));
        map.close();
        outer.close();
        assertSame(map, outer.lookup(0));
        assertEquals(Status.OK, map.update(1, "a"));
        assertEquals(Status.OK, rt.unpin(PATH));
        assertNull(outer.lookup(0));
        assertEquals(Status.EPERM, map.update(1, "a"));
        closeCleanly();
    }

    @Test
    void aMapMayHaveManyNames() {
        rt.pin("a", map);
        rt.pin("b", map);
        map.close();
        rt.unpin("a");
        assertEquals(Status.OK, map.update(1, "a"));
        rt.unpin("b");
        assertEquals(Status.EPERM, map.update(1, "a"));
    }

    @Test
    void badArgumentsAreRefusedAndChangeNothing() {
        AsyncRuntime other = open(driven());
        BpfHashMap<Integer, String> foreign = other.hashMap("foreign", 1);
        BpfContainer stranger = (BpfContainer) Proxy.newProxyInstance(BpfContainer.class.getClassLoader(),
            new Class<?>[] {BpfContainer.class}, (proxy, method, args) -> Status.OK);
        assertEquals(Status.EINVAL, rt.pin(null, map));
        assertEquals(Status.EINVAL, rt.pin(PATH, null));
        assertEquals(Status.EINVAL, rt.pin(PATH, foreign));
        assertEquals(Status.EINVAL, rt.pin(PATH, stranger));
        assertEquals(Status.EINVAL, rt.unpin(null));
        assertNull(rt.openPinned(null));
        assertNull(rt.openPinned(PATH));
        foreign.close();
        assertEquals(Status.ENOENT, foreign.open(), "nobody holds it");
        map.close();
        assertEquals(Status.ENOENT, map.open(), "nobody holds it");
    }

    @Test
    void aNameThatIsTakenIsRefusedAndHoldsNothing() {
        BpfHashMap<Integer, String> second = rt.hashMap("second", 1);
        rt.pin(PATH, map);
        assertEquals(Status.EEXIST, rt.pin(PATH, second));
        assertEquals(Status.EEXIST, rt.pin(PATH, map));
        second.close();
        assertEquals(Status.ENOENT, second.open(), "nobody holds it");
        assertEquals(Status.OK, rt.unpin(PATH));
        assertEquals(Status.ENOENT, rt.unpin(PATH));
        map.close();
        assertEquals(Status.ENOENT, map.open(), "nobody holds it");
    }

    @Test
    void aDeadMapIsNotPinned() {
        map.close();
        assertEquals(Status.ENOENT, rt.pin(PATH, map));
        assertNull(rt.openPinned(PATH));
        assertEquals(0, rt.audit().pins());
    }

    /** A caller who drops a reference that is not his kills the map under its name; nobody waits for it to come back. */
    @Test
    void aMapThatWasReleasedOnceTooOftenIsNotOpened() {
        rt.pin(PATH, map);
        map.close();
        assertEquals(Status.OK, map.release());
        assertNull(rt.openPinned(PATH));
        assertEquals(Status.OK, rt.unpin(PATH));
    }

    @Test
    void inNmiEveryCallIsRefused() {
        rt.pin(PATH, map);
        rt.nmiEnter();
        assertEquals(Status.EOPNOTSUPP, rt.pin("other", map));
        assertEquals(Status.EOPNOTSUPP, rt.unpin(PATH));
        assertNull(rt.openPinned(PATH));
        rt.nmiExit();
        assertEquals(1, rt.audit().pins());
        assertEquals(Status.OK, rt.unpin(PATH));
        map.close();
        assertEquals(Status.ENOENT, map.open(), "nobody holds it");
    }

    @Test
    void closingTheRuntimeDropsThePins() {
        armed(1, 5);
        rt.pin(PATH, map);
        map.close();
        closeCleanly();
        assertEquals(1, rt.audit().stillArmed().size(), "what only a pin held is counted too");
        assertEquals(0, rt.audit().pins());
        assertEquals(Status.EPERM, rt.pin(PATH, map));
        assertEquals(Status.ENOENT, rt.unpin(PATH));
        assertNull(rt.openPinned(PATH));
        assertEquals(Status.ENOENT, map.open());
    }

    /** Pin, unpin and open on three threads; at the end the only reference is the one of the handle. */
    @Test
    void referencesStayExactWhileNamesComeAndGo() throws Exception {
        useSystemClock(1);
        race(() -> {
            for (int i = 0; i < 20_000; i++) {
                rt.pin(PATH, map);
            }
        }, () -> {
            for (int i = 0; i < 20_000; i++) {
                rt.unpin(PATH);
            }
        }, () -> {
            for (int i = 0; i < 20_000; i++) {
                BpfContainer found = rt.openPinned(PATH);
                if (found != null) {
                    assertSame(map, found);
                    assertEquals(Status.OK, found.release());
                }
            }
        });
        rt.unpin(PATH);
        assertEquals(Status.OK, map.open(), "dropped once too often");
        assertEquals(Status.OK, map.release());
        map.close();
        assertEquals(Status.ENOENT, map.open(), "somebody forgot a reference");
        closeCleanly();
    }

    /** The last reference goes with the name while others open it: they hold a live map, or find nothing. */
    @Test
    void openingRacesWithTheLastUnpin() throws Exception {
        useSystemClock(1);
        int found = 0;
        for (int round = 0; round < 1_000; round++) {
            BpfHashMap<Integer, String> mine = rt.hashMap("mine", 1);
            rt.pin(PATH, mine);
            mine.close();
            BpfContainer[] opened = new BpfContainer[1];
            race(() -> opened[0] = rt.openPinned(PATH), () -> assertEquals(Status.OK, rt.unpin(PATH)));
            if (opened[0] != null) {
                found++;
                assertEquals(Status.OK, mine.update(1, "alive"));
                assertEquals(Status.OK, mine.release());
            }
            assertEquals(Status.EPERM, mine.update(1, "dead"));
        }
        System.out.println("found " + found + " of 1000");
        closeCleanly();
    }

    /** A pin that races with close is refused, or dropped by it. */
    @Test
    void pinningRacesWithClose() throws Exception {
        for (int round = 0; round < 100; round++) {
            AsyncRuntime mine = open(driven());
            BpfHashMap<Integer, String> each = mine.hashMap("each", 1);
            race(() -> {
                Status status = Status.OK;
                for (int i = 0; status == Status.OK; i++) {
                    status = mine.pin("name " + i, each);
                }
                assertEquals(Status.EPERM, status);
            }, mine::close);
            assertEquals(0, mine.audit().pins());
            assertEquals(Status.ENOENT, each.open());
        }
    }
}
