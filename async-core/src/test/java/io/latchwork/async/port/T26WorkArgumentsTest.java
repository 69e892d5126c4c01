// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.WorkCallback;
import io.latchwork.async.contract.Feature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The original: programs that are to be refused, most of them when loaded: init with what is no map or another map, a
 * sleepable callback where none is allowed, an unknown flag, a pointer that is not in a map value or at a wrong place
 * in it. Here the calls refuse, and what the verifier keeps apart the compiler does.
 */
@Needs(Feature.WORKS)
class T26WorkArgumentsTest extends PortCase {
    private static final int UNKNOWN_FLAG = 1;

    private BpfHashMap<Integer, String> map;
    private BpfWq<Integer, String> wq;
    private final WorkCallback<Integer, String> nothing = (in, key, value) -> { };

    @BeforeEach
    void openMap() {
        if (!has(Feature.WORKS)) {
            return;
        }
        useDriven();
        map = rt.hashMap("map", 4);
        assertEquals(Status.OK, map.update(1, "v"));
        wq = found(map, 1).wq();
    }

    @Test
    void initWithWhatIsNoMapIsRefused() {
        assertEquals(Status.EINVAL, wq.init(null));
        assertEquals(Status.EINVAL, wq.start());
    }

    @Test
    void initWithAnotherMapIsRefused() {
        assertEquals(Status.EINVAL, wq.init(rt.hashMap("other", 4)));
        assertEquals(Status.EINVAL, wq.start());
    }

    @Test
    void unknownFlagsAreRefusedByEveryCall() {
        assertEquals(Status.EINVAL, wq.init(map, UNKNOWN_FLAG));
        assertEquals(Status.OK, wq.init(map, 0));
        assertEquals(Status.EINVAL, wq.setCallback(prog, nothing, UNKNOWN_FLAG));
        assertEquals(Status.EINVAL, wq.start(0), "the refused callback was set");
        assertEquals(Status.OK, wq.setCallback(prog, nothing, 0));
        assertEquals(Status.EINVAL, wq.start(UNKNOWN_FLAG));
        assertEquals(Status.EINVAL, wq.start(-1));
        assertEquals(Status.IDLE, wq.cancelAsync(), "the refused start was taken");
    }

    @Test
    void noCallbackAndNoProgramAreRefused() {
        assertEquals(Status.OK, wq.init(map));
        assertEquals(Status.EINVAL, wq.setCallback(prog, null));
        assertEquals(Status.EINVAL, wq.setCallback(null, nothing));
    }

    @Test
    void aHandleThatPointsAtNoElementFindsNothing() {
        MapElement<Integer, String> nowhere = map.handle();
        assertEquals(Status.ENOENT, nowhere.wq().init(map));
        assertEquals(Status.ENOENT, nowhere.wq().setCallback(prog, nothing));
        assertEquals(Status.ENOENT, nowhere.wq().start());
    }

    @Test
    void aTimersCallbackIsNoWorksCallback() {
        assertFalse(TimerCallback.class.isAssignableFrom(WorkCallback.class));
        assertFalse(WorkCallback.class.isAssignableFrom(TimerCallback.class));
    }

    @Test
    void theTimerAndTheWorkOfAnElementAreTwoThings() {
        assertEquals(Status.OK, wq.init(map));
        assertEquals(Status.EINVAL, found(map, 1).timer().cancelAsync());
        assertEquals(Status.OK, found(map, 1).timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.OK, found(map, 1).timer().setCallback(prog, (in, key, value) -> { }));
        assertEquals(Status.EINVAL, wq.start(), "the timer's callback was taken for the work's");
    }
}
