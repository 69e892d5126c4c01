// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be called in NMI. */
abstract class NmiContract extends ContractCase {
    private int depth;

    private void enter() {
        rt.nmiEnter();
        depth++;
    }

    private void exit() {
        depth--;
        rt.nmiExit();
    }

    @AfterEach
    void leave() {
        while (depth > 0) {
            exit();
        }
    }

    /** The answer of a call that never waits. */
    private Status inNmi(Status answer) {
        return variant().nmiSafe() ? answer : Status.EOPNOTSUPP;
    }

    @Test
    void cancelIsRefused() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        enter();
        assertEquals(Status.EOPNOTSUPP, timer.cancel());
    }

    @Test
    void aCancelRefusedInNmiChangesNothing() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        enter();
        timer.cancel();
        exit();
        creep(10);
        assertEquals(List.of("1=v1@5"), fired);
        assertEquals(Status.OK, timer.start(0, 0));
    }

    @Test
    void theMarkNests() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        enter();
        enter();
        exit();
        assertEquals(Status.EOPNOTSUPP, timer.cancel());
        exit();
        assertEquals(Status.CANCELLED, timer.cancel());
    }

    @Test
    void theMarkIsOfOneThread() throws InterruptedException {
        BpfTimer<Integer, String> timer = armed(1, 5);
        enter();
        Thread other = new Thread(() -> fired.add(timer.cancel().name()));
        other.start();
        other.join(20_000);
        assertEquals(List.of("CANCELLED"), fired);
    }

    @Test
    void initInNmi() {
        BpfTimer<Integer, String> timer = element(1).timer();
        enter();
        assertEquals(inNmi(Status.OK), timer.init(map, ClockId.MONOTONIC));
    }

    @Test
    void setCallbackInNmi() {
        BpfTimer<Integer, String> timer = bare(1);
        enter();
        assertEquals(inNmi(Status.OK), timer.setCallback(prog, record));
    }

    @Test
    void startInNmi() {
        BpfTimer<Integer, String> timer = timer(1);
        enter();
        assertEquals(inNmi(Status.OK), timer.start(5 * MS, 0));
        exit();
        creep(10);
        assertEquals(variant().nmiSafe() ? List.of("1=v1@5") : List.of(), fired);
    }

    @Test
    void cancelAsyncInNmi() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        enter();
        assertEquals(inNmi(Status.CANCELLED), timer.cancelAsync());
        exit();
        creep(10);
        assertEquals(variant().nmiSafe() ? List.of() : List.of("1=v1@5"), fired);
    }

    @Test
    void pinnedStartInNmi() {
        BpfTimer<Integer, String> timer = timer(1);
        assertEquals(Status.OK, rt.bindThread(0));
        enter();
        assertEquals(inNmi(Status.OK), timer.start(5 * MS, BpfTimer.TIMER_CPU_PIN));
    }

    @Test
    void callsByKeyInNmi() {
        armed(1, 5);
        enter();
        assertEquals(inNmi(Status.REARMED), map.timers().start(1, 6 * MS, 0));
        assertEquals(inNmi(Status.CANCELLED), map.timers().cancelAsync(1));
        assertEquals(inNmi(Status.OK), map.timers().delete(1));
    }

    @Test
    void forEachInNmi() {
        element(1);
        MapElement<Integer, String> cursor = map.handle();
        enter();
        assertEquals(variant().nmiSafe() ? 1 : -1, map.forEach(cursor, element -> { }));
    }

    @Test
    void updateInNmi() {
        enter();
        assertEquals(inNmi(Status.OK), map.update(1, "a"));
    }

    @Test
    void deleteInNmi() {
        armed(1, 5);
        enter();
        assertEquals(inNmi(Status.OK), map.delete(1));
    }

    @Test
    void lookupInNmi() {
        MapElement<Integer, String> handle = element(1);
        enter();
        assertEquals(inNmi(Status.OK), map.lookup(1, handle));
    }

    @Test
    void openInNmi() {
        enter();
        assertEquals(Status.OK, map.open());
    }

    @Test
    void releaseInNmi() {
        armed(1, 5);
        enter();
        assertEquals(inNmi(Status.OK), map.release());
    }

    @Test
    void closingAMapInNmiTakesEffectAtTheLatestWhenTheAgentsRan() {
        armed(1, 5);
        enter();
        map.close();
        exit();
        driver.drain();
        assertEquals(0, map.size());
        creep(10);
        assertEquals(List.of(), fired);
    }

    @Test
    void releasingAProgramInNmi() {
        enter();
        assertEquals(Status.OK, prog.release());
        exit();
        driver.drain();
        assertEquals(1, unloads.get());
    }
}
