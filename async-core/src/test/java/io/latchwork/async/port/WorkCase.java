// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import io.latchwork.async.WorkCallback;
import io.latchwork.async.contract.Feature;
import java.util.concurrent.atomic.AtomicInteger;

/** What T21 to T25 share: update, look up, init, set the callback and start a work; its callback sets a bit. */
@Needs(Feature.WORKS)
abstract class WorkCase extends PortCase {
    static final int KEY = 1;

    /** Bit 1 &lt;&lt; key of each work that ran. */
    final AtomicInteger ok = new AtomicInteger();

    void set(BpfMap<Integer, String> map, Integer key, String value) {
        ok.getAndUpdate(bits -> bits | 1 << key);
    }

    /** The program: it starts the work of a key. */
    final void start(BpfMap<Integer, String> map, int key, WorkCallback<Integer, String> callback) {
        assertEquals(Status.OK, map.update(key, "v" + key));
        BpfWq<Integer, String> wq = found(map, key).wq();
        assertEquals(Status.EINVAL, wq.start());
        assertEquals(Status.OK, wq.init(map));
        assertEquals(Status.EBUSY, wq.init(map));
        assertEquals(Status.EINVAL, wq.start());
        assertEquals(Status.OK, wq.setCallback(prog, callback));
        assertEquals(Status.OK, wq.start());
    }

    /** The program from where it must not wait: a timer's callback. */
    final void startInTimerCallback(BpfMap<Integer, String> map, int key) {
        BpfMap<Integer, String> trigger = array("trigger", 1, i -> "v");
        timer(trigger, 0, ClockId.MONOTONIC, (in, k, value) -> start(map, key, this::set)).start(0, 0);
    }

    final void runsOnce(BpfMap<Integer, String> map) {
        start(map, KEY, this::set);
        assertEquals(0, ok.get(), "it ran on the caller");
        driver.drain();
        assertEquals(1 << KEY, ok.get());
        ok.set(0);
        driver.drain();
        assertEquals(0, ok.get(), "it ran twice");
    }
}
