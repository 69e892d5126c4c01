// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/**
 * The original: an update writes a forged pointer (0xdeadcaf3) over the timer inside of a value; neither that update
 * nor a cancel may follow it. A value can not carry a timer here, so what is forged is each argument that could pass
 * for one: a value that is an element's handle, a handle, a map and a program of somebody else's making.
 */
class T18ForgedValueTest extends PortCase {
    private static final long FORGED = 0xdeadcaf3L;

    private int fired;

    @Test
    void aValueThatIsAnotherElementBringsNoTimerIntoAnArray() {
        useDriven();
        forgedValue(this.<Object>array("array", 1, i -> FORGED), 0);
    }

    @Test
    void aValueThatIsAnotherElementBringsNoTimerIntoAHash() {
        useDriven();
        BpfHashMap<Integer, Object> map = rt.hashMap("hash", 1);
        assertEquals(Status.OK, map.update(0, FORGED));
        forgedValue(map, 0);
    }

    private void forgedValue(BpfMap<Integer, Object> map, int key) {
        BpfHashMap<Integer, String> other = rt.hashMap("other", 1);
        assertEquals(Status.OK, other.update(0, "v"));
        BpfTimer<Integer, String> armed = timer(other, 0, (in, k, value) -> fired++);
        assertEquals(Status.OK, armed.start(MS, 0));
        Object forged = found(other, 0);
        assertEquals(Status.OK, map.update(key, forged));
        assertEquals(Status.OK, map.update(key, forged)); // this one frees what the first brought: nothing
        BpfTimer<Integer, Object> own = found(map, key).timer();
        assertSame(forged, found(map, key).value());
        assertEquals(Status.EINVAL, own.cancel());
        assertEquals(Status.EINVAL, own.cancelAsync());
        assertEquals(Status.EINVAL, own.start(0, 0));
        advance(MS);
        assertEquals(1, fired, "the other element's timer is armed as before");
    }

    @Test
    void forgedMapsHandlesAndProgramsAreRefused() {
        useDriven();
        BpfHashMap<Integer, Object> map = rt.hashMap("hash", 1);
        assertEquals(Status.OK, map.update(0, FORGED));
        MapElement<Integer, Object> element = found(map, 0);
        assertEquals(Status.EINVAL, element.timer().init(forge(BpfHashMap.class, map), ClockId.MONOTONIC));
        assertEquals(Status.EINVAL, map.lookup(0, forge(MapElement.class, element)));
        assertEquals(Status.OK, element.timer().init(map, ClockId.MONOTONIC));
        BpfProg forgedProg = forge(BpfProg.class, prog);
        assertEquals(Status.EINVAL, element.timer().setCallback(forgedProg, (in, key, value) -> fired++));
        assertEquals(Status.EINVAL, element.timer().start(0, 0));
        advance(MS);
        assertEquals(0, fired);
    }

    /** Something that behaves like a thing, and is not it. */
    @SuppressWarnings("unchecked")
    private static <T> T forge(Class<? super T> type, T genuine) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (proxy, method, arguments) -> method.invoke(genuine, arguments));
    }
}
