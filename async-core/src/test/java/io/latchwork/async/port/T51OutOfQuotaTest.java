// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latchwork.async.AsyncTimer;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.async.StatusException;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z55, ENOMEM on every allocation point, of which the kernel has one in each deferred call.
 * Here there are four: an element, a timer's block, a work's block, a timer without a map; each runs out by its map's
 * quota or the runtime's cap, in task and in NMI, changes nothing, and works again when one was given back. Nothing
 * else can run out: with everything used up, start, cancel, setCallback, update and delete do what they always do, at
 * once.
 */
class T51OutOfQuotaTest extends PortCase {
    private final List<Integer> fired = new ArrayList<>();

    private void nmi(boolean mark, Runnable code) {
        if (mark) {
            rt.nmiEnter();
        }
        try {
            code.run();
        } finally {
            if (mark) {
                rt.nmiExit();
            }
        }
    }

    private void insert(BpfMap<Integer, String> map, int... keys) {
        for (int key : keys) {
            assertEquals(Status.OK, map.update(key, "v" + key));
        }
    }

    private BpfTimer<Integer, String> armed(BpfMap<Integer, String> map, int key) {
        BpfTimer<Integer, String> timer = timer(map, key, (in, k, value) -> fired.add(k));
        assertEquals(Status.OK, timer.start(MS, 0));
        return timer;
    }

    @Test
    void elementsRunOut() {
        useDriven();
        elements(false);
    }

    @Test
    @Needs(Feature.NMI)
    void elementsRunOutInNmi() {
        useDriven();
        elements(true);
    }

    private void elements(boolean inNmi) {
        BpfHashMap<Integer, String> map = rt.hashMap("map", 2);
        insert(map, 0, 1);
        nmi(inNmi, () -> {
            assertEquals(Status.E2BIG, map.update(2, "v"));
            assertEquals(Status.OK, map.update(1, "w"));
            assertEquals(2, map.size());
            assertEquals(Status.OK, map.delete(0));
            assertEquals(Status.OK, map.update(2, "v")); // no grace period has passed
            assertEquals(Status.E2BIG, map.update(0, "v"));
        });
    }

    @Test
    void blocksRunOutByTheMapsQuota() {
        useDriven();
        blocks(rt.hashMap("map", 4, 1), false);
    }

    @Test
    @Needs(Feature.NMI)
    void blocksRunOutByTheMapsQuotaInNmi() {
        useDriven();
        blocks(rt.hashMap("map", 4, 1), true);
    }

    @Test
    void blocksRunOutByTheRuntimesCap() {
        use(RuntimeSpec.driven(clock, this::onError).withMaxTimers(1));
        blocks(rt.hashMap("map", 4), false);
    }

    @Test
    @Needs(Feature.NMI)
    void blocksRunOutByTheRuntimesCapInNmi() {
        use(RuntimeSpec.driven(clock, this::onError).withMaxTimers(1));
        blocks(rt.hashMap("map", 4), true);
    }

    private void blocks(BpfHashMap<Integer, String> map, boolean inNmi) {
        insert(map, 0, 1);
        BpfTimer<Integer, String> timer = armed(map, 0);
        BpfTimer<Integer, String> refused = found(map, 1).timer();
        nmi(inNmi, () -> {
            assertEquals(Status.ENOMEM, refused.init(map, ClockId.MONOTONIC));
            assertEquals(Status.EINVAL, refused.start(0, 0), "the refused init left something");
            assertEquals(Status.EINVAL, refused.cancelAsync());
            assertEquals(Status.EBUSY, timer.init(map, ClockId.MONOTONIC));
            assertEquals(false, timer.start(2 * MS, 0).isRefusal());
            assertEquals(Status.CANCELLED, timer.cancelAsync());
            assertEquals(Status.OK, timer.setCallback(prog, (in, k, value) -> fired.add(k)));
            assertEquals(Status.OK, timer.start(MS, 0));
            assertEquals(Status.OK, map.delete(0)); // needs no memory, cancels at once
            assertEquals(Status.OK, refused.init(map, ClockId.MONOTONIC)); // no grace period has passed
        });
        advance(SECOND);
        assertEquals(List.of(), fired, "a deleted timer fired");
        insert(map, 0);
        assertEquals(Status.ENOMEM, found(map, 0).timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.OK, map.update(1, "new")); // an update gives its block back as well
        assertEquals(Status.OK, found(map, 0).timer().init(map, ClockId.MONOTONIC));
    }

    @Test
    @Needs(Feature.WORKS)
    void blocksOfWorksHaveAQuotaOfTheirOwn() {
        useDriven();
        BpfHashMap<Integer, String> map = rt.hashMap("map", 4, 1);
        insert(map, 0, 1);
        assertEquals(Status.OK, found(map, 0).wq().init(map));
        assertEquals(Status.ENOMEM, found(map, 1).wq().init(map));
        assertEquals(Status.EINVAL, found(map, 1).wq().start());
        assertEquals(Status.OK, found(map, 1).timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.ENOMEM, found(map, 0).timer().init(map, ClockId.MONOTONIC));
        rt.nmiEnter();
        assertEquals(Status.ENOMEM, found(map, 1).wq().init(map));
        rt.nmiExit();
        assertEquals(Status.OK, map.delete(0));
        assertEquals(Status.OK, found(map, 1).wq().init(map));
    }

    @Test
    @Needs({Feature.WORKS, Feature.MAPLESS})
    void theRuntimesCapIsOneForTimersWorksAndTimersWithoutAMap() {
        use(RuntimeSpec.driven(clock, this::onError).withMaxTimers(3));
        BpfHashMap<Integer, String> map = rt.hashMap("map", 4);
        insert(map, 0, 1);
        AsyncTimer alone = rt.newTimer(prog, timer -> fired.add(-1));
        assertEquals(Status.OK, found(map, 0).timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.OK, found(map, 0).wq().init(map));
        assertEquals(Status.ENOMEM, found(map, 1).timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.ENOMEM, found(map, 1).wq().init(map));
        StatusException refusal = assertThrows(StatusException.class, () -> rt.newTimer(prog, timer -> fired.add(-2)));
        assertSame(Status.ENOMEM, refusal.status());
        assertEquals(Status.OK, alone.start(MS, 0));
        alone.close();
        assertEquals(Status.OK, found(map, 1).timer().init(map, ClockId.MONOTONIC));
        assertEquals(Status.OK, map.delete(0));
        rt.newTimer(prog, timer -> fired.add(-3)).close();
        advance(SECOND);
        assertEquals(List.of(), fired);
    }

    @Test
    void anInitThatRunsOutTakesNoReferenceOnAProgram() {
        useDriven();
        BpfHashMap<Integer, String> map = rt.hashMap("map", 4, 0);
        insert(map, 0);
        for (int i = 0; i < 100; i++) {
            assertEquals(Status.ENOMEM, found(map, 0).timer().init(map, ClockId.MONOTONIC));
            assertEquals(Status.EINVAL, found(map, 0).timer().setCallback(prog, (in, key, value) -> { }));
        }
        assertEquals(Status.OK, prog.release());
        driver.drain();
        assertEquals(1, unloads("prog"));
    }
}
