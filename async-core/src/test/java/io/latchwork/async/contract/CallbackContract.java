// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What callbacks may do, and what happens when they throw. */
abstract class CallbackContract extends ContractCase {
    private final List<Status> answers = new ArrayList<>();

    @Test
    void aCallbackMayDeleteItsOwnElement() {
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            answers.add(map.delete(key));
            answers.add(timer.start(MS, 0));
            answers.add(timer.cancelAsync());
            answers.add(timer.cancel());
            fired.add("end");
        });
        timer.start(0, 0);
        creep(5);
        assertEquals(List.of(Status.OK, Status.ENOENT, Status.ENOENT, Status.ENOENT), answers);
        assertEquals(List.of("end"), fired);
        assertNull(map.lookup(1));
    }

    @Test
    void whatACallbackArmedBeforeItDeletedItselfDoesNotFire() {
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            fired.add("ran");
            timer.start(MS, 0);
            map.delete(key);
        });
        timer.start(0, 0);
        creep(5);
        assertEquals(List.of("ran"), fired);
    }

    @Test
    void aCallbackMayUpdateItsOwnElement() {
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            answers.add(map.update(key, "new"));
            answers.add(timer.start(MS, 0));
        });
        timer.start(0, 0);
        creep(5);
        assertEquals(List.of(Status.OK, Status.EINVAL), answers);
        assertEquals("new", found(1).value());
    }

    @Test
    void aCallbackMayGiveItsElementANewTimer() {
        map = rt.hashMap("one", 1);
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            map.update(key, "new");
            answers.add(timer.init(map, ClockId.MONOTONIC));
            answers.add(timer.setCallback(prog, record));
            answers.add(timer.start(MS, 0));
        });
        timer.start(0, 0);
        driver.drain();
        creep(5);
        assertEquals(List.of(Status.OK, Status.OK, Status.OK), answers);
        assertEquals(List.of("1=new@1"), fired);
    }

    @Test
    void aCallbackMayDeleteAndInsertAgain() {
        map = rt.hashMap("one", 1);
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            map.delete(key);
            timer(2).start(MS, 0);
        });
        timer.start(0, 0);
        driver.drain();
        creep(5);
        assertEquals(List.of("2=v2@1"), fired);
        assertEquals(Status.ENOENT, timer.cancelAsync());
    }

    @Test
    void aCallbackMayDeleteATimerThatIsDueAfterIt() {
        armed(2, 6);
        timer(1, (inMap, key, value) -> answers.add(map.delete(2))).start(5 * MS, 0);
        advance(10);
        assertEquals(List.of(Status.OK), answers);
        assertEquals(List.of(), fired);
    }

    @Test
    void aCallbackMayCloseItsMap() {
        armed(2, 6);
        timer(1, (inMap, key, value) -> inMap.close()).start(5 * MS, 0);
        advance(10);
        assertEquals(List.of(), fired);
        assertEquals(0, map.size());
    }

    @Test
    void aCallbackMayReleaseItsProgram() {
        timer(1, (inMap, key, value) -> answers.add(prog.release())).start(0, 0);
        driver.drain();
        assertEquals(List.of(Status.OK), answers);
        assertEquals(0, unloads.get());
        map.delete(1);
        driver.drain();
        assertEquals(1, unloads.get());
    }

    @Test
    void aCallbackThatThrowsReachesTheHandler() {
        timer(1, (inMap, key, value) -> {
            throw new IllegalStateException("boom");
        }).start(0, 0);
        driver.drain();
        assertEquals(List.of("prog/map/boom"), errors);
    }

    @Test
    void aCallbackThatThrowsAnErrorReachesTheHandler() {
        timer(1, (inMap, key, value) -> {
            throw new AssertionError("boom");
        }).start(0, 0);
        driver.drain();
        assertEquals(List.of("prog/map/boom"), errors);
    }

    @Test
    void aCallbackThatThrowsHarmsNoOther() {
        armed(1, 5);
        timer(2, (inMap, key, value) -> {
            throw new IllegalStateException("boom");
        }).start(6 * MS, 0);
        armed(3, 7);
        advance(7);
        assertEquals(List.of("1=v1@7", "3=v3@7"), fired);
    }

    @Test
    void aTimerWhoseCallbackThrewMayBeStartedAgain() {
        BpfTimer<Integer, String> timer = timer(1, (inMap, key, value) -> {
            fired.add("ran");
            throw new IllegalStateException("boom");
        });
        for (int i = 0; i < 3; i++) {
            assertEquals(Status.OK, timer.start(MS, 0));
            creep(2);
        }
        assertEquals(List.of("ran", "ran", "ran"), fired);
        assertEquals(3, errors.size());
    }

    @Test
    void whatTheHandlerThrowsIsDropped() {
        use(RuntimeSpec.driven(clock, (program, inMap, error) -> {
            fired.add("told");
            throw new AssertionError("from the handler");
        }));
        timer(1, (inMap, key, value) -> {
            throw new IllegalStateException("boom");
        }).start(0, 0);
        driver.drain();
        armed(2, 3);
        creep(5);
        assertEquals(List.of("told", "2=v2@3"), fired);
    }
}
