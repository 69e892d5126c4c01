// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.contract.Driver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A lock-free runtime with three bases that is driven by hand on a manual clock; at the end its books must be clean. */
@Timeout(60)
abstract class DrivenCase {
    static final long MS = 1_000_000L;

    final ManualClock clock = new ManualClock(7_000 * MS);
    final List<String> fired = new ArrayList<>();
    final List<String> reports = new ArrayList<>();
    final List<CloseHandler.StillArmed> stillArmed = new ArrayList<>();
    AsyncRuntime rt;
    BpfProg prog;
    BpfHashMap<Integer, String> map;
    Driver driver;

    @BeforeEach
    final void open() {
        rt = AsyncRuntime.builder().clock(clock).bases(3)
            .errorHandler((program, inMap, error) -> reports.add(program + "/" + inMap + "/" + error))
            .slowCallback(2 * MS, (program, inMap, took) -> reports.add("slow " + program + "/" + inMap + "/" + took))
            .closeHandler(new CloseHandler() {
                @Override
                public void stillArmed(List<StillArmed> armed) {
                    stillArmed.addAll(armed);
                }
            })
            .build();
        driver = new Driver(rt);
        prog = rt.loadProgram("prog", () -> reports.add("unloaded"));
        map = rt.hashMap("map", 16);
    }

    @AfterEach
    final void booksAreClean() {
        rt.close();
        Audit audit = rt.audit();
        assertTrue(audit.isClean(), audit.toString());
        assertTrue(audit.closed());
        assertEquals(1, reports.stream().filter("unloaded"::equals).count(), "unloads");
    }

    /** A timer of the map that is initialised and bound. */
    final BpfTimer<Integer, String> timer(int key, ClockId on, TimerCallback<Integer, String> callback) {
        map.update(key, "v" + key).orThrow();
        BpfTimer<Integer, String> timer = map.lookup(key).timer();
        timer.init(map, on).orThrow();
        timer.setCallback(prog, callback).orThrow();
        return timer;
    }

    final BpfTimer<Integer, String> timer(int key, ClockId on) {
        return timer(key, on, (inMap, k, value) -> fired.add(value));
    }

    /** Runs what is due, and says what fired since the last time. */
    final List<String> due() {
        driver.drain();
        List<String> seen = List.copyOf(fired);
        fired.clear();
        return seen;
    }

    final List<String> dueAfter(long ms) {
        clock.advance(ms * MS);
        return due();
    }
}
