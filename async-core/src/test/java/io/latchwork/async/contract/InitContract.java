// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code init} answers. */
abstract class InitContract extends ContractCase {
    @Test
    void initGivesAControlBlock() {
        assertEquals(Status.OK, element(1).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void initRefusesNoMap() {
        assertEquals(Status.EINVAL, element(1).timer().init(null, ClockId.MONOTONIC));
    }

    @Test
    void initRefusesAnotherMap() {
        BpfHashMap<Integer, String> other = rt.hashMap("other", 1);
        assertEquals(Status.EINVAL, element(1).timer().init(other, ClockId.MONOTONIC));
    }

    @Test
    void initRefusesAMapOfAnotherRuntime() {
        AsyncRuntime foreign = open(driven());
        BpfHashMap<Integer, String> other = foreign.hashMap("map", 1);
        assertEquals(Status.EINVAL, element(1).timer().init(other, ClockId.MONOTONIC));
    }

    @Test
    void initRefusesNoClock() {
        assertEquals(Status.EINVAL, element(1).timer().init(map, null));
    }

    @Test
    void aRefusedInitChangesNothing() {
        BpfTimer<Integer, String> timer = element(1).timer();
        timer.init(map, null);
        assertEquals(Status.EINVAL, timer.cancelAsync());
        assertEquals(Status.OK, timer.init(map, ClockId.MONOTONIC));
    }

    @Test
    void initTwiceIsBusy() {
        assertEquals(Status.EBUSY, bare(1).init(map, ClockId.MONOTONIC));
    }

    @Test
    void initOfATimerInUseIsBusyAndLeavesItArmed() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        assertEquals(Status.EBUSY, timer.init(map, ClockId.MONOTONIC));
        advance(5);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void initAfterTheLastReleaseIsNotPermitted() {
        MapElement<Integer, String> element = element(1);
        map.close();
        assertEquals(Status.EPERM, element.timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void initWorksWhileAnotherUserIsLeft() {
        MapElement<Integer, String> element = element(1);
        assertEquals(Status.OK, map.open());
        map.close();
        assertEquals(Status.OK, element.timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.OK, map.release());
    }

    @Test
    void initBeyondTheQuotaOfTheMapIsOutOfMemory() {
        map = rt.hashMap("small", 4, 1);
        bare(1);
        assertEquals(Status.ENOMEM, element(2).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void aMapMayHaveNoTimersAtAll() {
        map = rt.hashMap("none", 4, 0);
        assertEquals(Status.ENOMEM, element(1).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void deletingGivesTheQuotaBack() {
        map = rt.hashMap("small", 4, 1);
        bare(1);
        map.delete(1);
        driver.drain();
        assertEquals(Status.OK, element(2).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void updatingGivesTheQuotaBack() {
        map = rt.hashMap("small", 4, 1);
        bare(1);
        map.update(1, "new");
        driver.drain();
        assertEquals(Status.OK, element(2).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void aRefusedInitUsesNoQuota() {
        map = rt.hashMap("small", 4, 2);
        bare(1);
        for (int i = 0; i < 10; i++) {
            found(1).timer().init(map, ClockId.MONOTONIC);
        }
        assertEquals(Status.OK, element(2).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void quotasNeverRunOutByUse() {
        map = rt.hashMap("small", 2, 1);
        for (int i = 0; i < 1000; i++) {
            armed(1, 5);
            map.delete(1);
            driver.drain();
        }
        assertEquals(List.of(), fired);
    }

    @Test
    void initBeyondTheCapOfTheRuntimeIsOutOfMemory() {
        use(driven().withMaxTimers(1));
        bare(1);
        assertEquals(Status.ENOMEM, element(2).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void theCapCountsAllMapsTogether() {
        use(driven().withMaxTimers(1));
        bare(1);
        map = rt.hashMap("other", 4);
        assertEquals(Status.ENOMEM, element(1).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void closingAMapGivesTheCapBack() {
        use(driven().withMaxTimers(1));
        bare(1);
        map.close();
        driver.drain();
        map = rt.hashMap("other", 4);
        assertEquals(Status.OK, element(1).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void initAfterDeleteFindsNothing() {
        MapElement<Integer, String> element = element(1);
        map.delete(1);
        assertEquals(Status.ENOENT, element.timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void initThroughAHandleThatPointsNowhereFindsNothing() {
        assertEquals(Status.ENOENT, map.handle().timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    void initAfterUpdateStartsANewLife() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        map.update(1, "new");
        assertEquals(Status.OK, timer.init(map, ClockId.MONOTONIC));
        assertEquals(Status.EINVAL, timer.start(MS, 0)); // the callback of the old life is not that of the new one
    }
}
