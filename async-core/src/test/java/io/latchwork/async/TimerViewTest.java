// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The armed timers of a map, from outside. */
class TimerViewTest extends DrivenCase {
    private List<Integer> keys() {
        return map.timers().armed().stream().map(ArmedTimer::key).toList();
    }

    @Test
    void listsInDeadlineOrder() {
        int[] order = {5, 2, 9, 1, 7};
        for (int key : order) {
            timer(key, ClockId.MONOTONIC).start(key * MS, 0).orThrow();
        }
        assertEquals(List.of(1, 2, 5, 7, 9), keys());
        assertEquals(clock.nanoTime() + MS, map.timers().armed().get(0).deadlineNs());
        map.lookup(7).timer().cancelAsync().orThrow();
        map.delete(1).orThrow();
        map.update(2, "new").orThrow();
        assertEquals(List.of(5, 9), keys());
        dueAfter(5);
        assertEquals(List.of(9), keys());
        assertThrows(UnsupportedOperationException.class, () -> map.timers().armed().clear());
    }

    @Test
    void changesByKey() {
        timer(1, ClockId.MONOTONIC).start(10 * MS, 0).orThrow();
        TimerView<Integer> view = map.timers();
        assertEquals(Status.REARMED, view.start(1, 5 * MS, 0));
        assertEquals(List.of("v1"), dueAfter(5));
        assertEquals(Status.OK, view.start(1, 5 * MS, 0));
        assertEquals(Status.CANCELLED, view.cancelAsync(1));
        assertEquals(Status.IDLE, view.cancelAsync(1));
        assertEquals(Status.OK, view.delete(1));
        assertEquals(Status.EINVAL, view.delete(1), "not initialised");
        assertEquals(Status.EINVAL, view.start(1, 0, 0));
        assertNotNull(map.lookup(1), "the element stays");
        timer(1, ClockId.BOOTTIME).start(0, 0).orThrow();
        assertEquals(List.of("v1"), due());
    }

    @Test
    void refusesByName() {
        TimerView<Integer> view = map.timers();
        assertEquals(Status.ENOENT, view.start(1, 0, 0));
        assertEquals(Status.ENOENT, view.cancelAsync(1));
        assertEquals(Status.ENOENT, view.delete(1));
        assertEquals(Status.EINVAL, view.start(null, 0, 0));
        assertEquals(Status.EINVAL, view.cancelAsync(null));
        assertEquals(Status.EINVAL, view.delete(null));
        timer(1, ClockId.MONOTONIC);
        assertEquals(Status.EINVAL, view.start(1, 0, 64));
    }

    /** What stays armed is in every list, whatever comes and goes beside it. */
    @Test
    void isRightAboutWhatDoesNotChangeWhileOthersDo() throws InterruptedException {
        for (int key = 0; key < 4; key++) {
            timer(key, ClockId.MONOTONIC).start((4 - key) * 1_000 * MS, 0).orThrow();
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread churn = new Thread(() -> {
            for (int i = 0; !stop.get(); i++) {
                int key = 4 + i % 8;
                timer(key, ClockId.MONOTONIC).start(i % 5_000 * MS, 0);
                map.delete(key);
            }
        });
        churn.start();
        for (int i = 0; i < 2_000; i++) {
            List<ArmedTimer<Integer>> armed = map.timers().armed();
            assertEquals(List.of(3, 2, 1, 0), armed.stream().map(ArmedTimer::key).filter(key -> key < 4).toList());
            for (int j = 1; j < armed.size(); j++) {
                assertTrue(armed.get(j - 1).deadlineNs() <= armed.get(j).deadlineNs());
            }
        }
        stop.set(true);
        churn.join();
    }
}
