// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code setCallback} answers, and what a callback is given. */
abstract class SetCallbackContract extends ContractCase {
    @Test
    void setCallbackBindsCode() {
        assertEquals(Status.OK, bare(1).setCallback(prog, record));
    }

    @Test
    void setCallbackRefusesNoProgram() {
        assertEquals(Status.EINVAL, bare(1).setCallback(null, record));
    }

    @Test
    void setCallbackRefusesNoCallback() {
        assertEquals(Status.EINVAL, bare(1).setCallback(prog, null));
    }

    @Test
    void setCallbackRefusesAProgramOfAnotherRuntime() {
        AsyncRuntime foreign = open(driven());
        assertEquals(Status.EINVAL, bare(1).setCallback(foreign.loadProgram("prog", () -> { }), record));
    }

    @Test
    void setCallbackRefusesAProgramThatIsNotOurs() {
        BpfProg impostor = new BpfProg() {
            @Override
            public String name() {
                return "impostor";
            }

            @Override
            public Status release() {
                return Status.OK;
            }
        };
        assertEquals(Status.EINVAL, bare(1).setCallback(impostor, record));
    }

    @Test
    void setCallbackRefusesATimerThatIsNotInitialised() {
        assertEquals(Status.EINVAL, element(1).timer().setCallback(prog, record));
    }

    @Test
    void setCallbackAfterUpdateRefusesAsNotInitialised() {
        BpfTimer<Integer, String> timer = timer(1);
        map.update(1, "new");
        assertEquals(Status.EINVAL, timer.setCallback(prog, record));
    }

    @Test
    void setCallbackRefusesADeadProgram() {
        prog.release();
        assertEquals(Status.ENOENT, bare(1).setCallback(prog, record));
    }

    @Test
    void setCallbackRefusesAProgramThatWasUnloaded() {
        prog.release();
        driver.drain();
        assertEquals(1, unloads.get());
        assertEquals(Status.ENOENT, bare(1).setCallback(prog, record));
    }

    @Test
    void aRefusedSetCallbackKeepsTheOldOne() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        BpfProg dead = rt.loadProgram("dead", () -> { });
        dead.release();
        assertEquals(Status.ENOENT, timer.setCallback(dead, (inMap, key, value) -> fired.add("wrong")));
        advance(5);
        assertEquals(List.of("1=v1@5"), fired);
    }

    @Test
    void aProgramThatATimerHoldsIsNotDead() {
        timer(1);
        BpfTimer<Integer, String> second = bare(2);
        prog.release();
        assertEquals(Status.OK, second.setCallback(prog, record));
    }

    @Test
    void setCallbackAfterDeleteFindsNothing() {
        MapElement<Integer, String> element = element(1);
        element.timer().init(map, ClockId.MONOTONIC);
        map.delete(1);
        assertEquals(Status.ENOENT, element.timer().setCallback(prog, record));
    }

    @Test
    void theReplacedCallbackDoesNotRunAndTheNewOneDoes() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        assertEquals(Status.OK, timer.setCallback(prog, (inMap, key, value) -> fired.add("new")));
        advance(5);
        assertEquals(List.of("new"), fired);
    }

    @Test
    void setCallbackFromTheCallbackHoldsForTheNextExpiry() {
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            fired.add("first");
            timer.setCallback(prog, (m, k, v) -> fired.add("second"));
            timer.start(MS, 0);
        });
        timer.start(MS, 0);
        creep(4);
        assertEquals(List.of("first", "second"), fired);
    }

    @Test
    void theCallbackIsGivenMapKeyAndValue() {
        List<Object> given = new ArrayList<>();
        BpfTimer<Integer, String> timer = timer(7, (inMap, key, value) -> given.addAll(List.of(inMap, key, value)));
        timer.start(0, 0);
        driver.drain();
        BpfMap<Integer, String> expected = map;
        assertEquals(List.of(expected, 7, "v7"), given);
    }

    @Test
    void theCallbackIsGivenTheValueOfTheTimeOfInit() {
        armed(1, 5);
        map.update(1, "new");
        BpfTimer<Integer, String> renewed = found(1).timer();
        renewed.init(map, ClockId.MONOTONIC);
        renewed.setCallback(prog, record);
        renewed.start(7 * MS, 0);
        creep(10);
        assertEquals(List.of("1=new@7"), fired);
    }
}
