// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import io.latchwork.async.port.Interrupt.Key;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z34, the command lost to a busy writer: a call in NMI over an unfinished start, update or
 * delete of the same timer takes effect at once, and the interrupted call answers and acts as if it came after it.
 */
@Needs(Feature.NMI)
class T43NmiOverWriterTest extends PortCase {
    private final Interrupt interrupt = new Interrupt();
    private final List<String> fired = new ArrayList<>();
    private final Key key = interrupt.key(7);
    private BpfHashMap<Key, String> map;
    private MapElement<Key, String> outer;
    private MapElement<Key, String> inner;

    private void open() {
        use(RuntimeSpec.driven(interrupt.clock(clock), this::onError));
        map = rt.hashMap("map", 4);
        assertEquals(Status.OK, map.update(key, "v"));
        outer = found(map, key);
        inner = found(map, key);
        timer(map, key, (in, k, value) -> fired.add("first"));
    }

    /** The first interrupt makes the call, the others nothing. */
    private Status[] interruptBy(Supplier<Status> call) {
        Status[] given = new Status[1];
        interrupt.arm(rt, () -> {
            if (given[0] == null) {
                given[0] = Status.ECANCELED; // no other interrupt
                given[0] = call.get();
            }
        });
        return given;
    }

    private void startInterruptedBy(Supplier<Status> call, Status innerAnswer, Status outerAnswer, String... firedLater) {
        open();
        Status[] given = interruptBy(call);
        assertEquals(outerAnswer, outer.timer().start(5 * MS, 0));
        interrupt.disarm();
        assertEquals(innerAnswer, given[0]);
        driver.drain();
        advance(5 * MS - 1);
        assertEquals(List.of(), fired, "early");
        advance(1);
        advance(SECOND);
        assertEquals(List.of(firedLater), fired);
    }

    @Test
    void aStartOverAStartIsReplacedByIt() {
        startInterruptedBy(() -> inner.timer().start(MS, 0), Status.OK, Status.REARMED, "first");
    }

    @Test
    void aCancelOverAStartFindsNothingYet() {
        startInterruptedBy(() -> inner.timer().cancelAsync(), Status.IDLE, Status.OK, "first");
    }

    @Test
    void aSetCallbackOverAStartIsTheOneThatFires() {
        startInterruptedBy(() -> inner.timer().setCallback(prog, (in, k, value) -> fired.add("second")), Status.OK, Status.OK,
            "second");
    }

    @Test
    void anInitOverAStartIsBusyBecauseItIsInitialised() {
        startInterruptedBy(() -> inner.timer().init(map, ClockId.MONOTONIC), Status.EBUSY, Status.OK, "first");
    }

    @Test
    void anUpdateOverAStartFreesTheTimerThatTheStartHasFound() {
        startInterruptedBy(() -> map.update(key, "new"), Status.OK, Status.ENOENT);
    }

    @Test
    void aDeleteOverAStartLeavesNothingToStart() {
        startInterruptedBy(() -> map.delete(key), Status.OK, Status.ENOENT);
    }

    @Test
    void theLastReleaseOverAStartLeavesNothingToStart() {
        startInterruptedBy(() -> map.release(), Status.OK, Status.ENOENT);
    }

    @Test
    void aStartOverAnUpdateIsAcceptedAndGoesWithTheOldValue() {
        open();
        Status[] given = interruptBy(() -> inner.timer().start(MS, 0));
        assertEquals(Status.OK, map.update(key, "new"));
        interrupt.disarm();
        assertEquals(Status.OK, given[0]);
        assertEquals(Status.EINVAL, outer.timer().cancelAsync());
        advance(SECOND);
        assertEquals(List.of(), fired);
    }

    @Test
    void aStartOverADeleteIsAcceptedAndGoesWithTheElement() {
        open();
        Status[] given = interruptBy(() -> inner.timer().start(MS, 0));
        assertEquals(Status.OK, map.delete(key));
        interrupt.disarm();
        assertEquals(Status.OK, given[0]);
        assertEquals(Status.ENOENT, outer.timer().cancelAsync());
        advance(SECOND);
        assertEquals(List.of(), fired);
    }

    @Test
    void aCancelOverTheBasesPassDecidesWhetherItFires() {
        open();
        BpfTimer<Key, String> timer = outer.timer();
        assertEquals(Status.OK, timer.start(MS, 0));
        driver.drain();
        clock.advance(MS);
        Status[] given = interruptBy(() -> inner.timer().cancelAsync());
        driver.drain();
        interrupt.disarm();
        assertEquals(given[0] == Status.CANCELLED ? List.of() : List.of("first"), fired, "cancel answered " + given[0]);
        assertAnswer(EnumSet.of(Status.CANCELLED, Status.RUNNING, Status.IDLE), given[0], "cancelAsync");
    }
}
