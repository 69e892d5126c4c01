// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.port.Interrupt.Key;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The original: as T12 without the cancel, and the callback updates its own element, which frees its timer. */
@Needs(Feature.NMI)
class T13NmiUpdateTest extends NmiStressCase {
    private final AtomicLong updateHits = new AtomicLong();

    @Override
    Status inCallback(BpfMap<Key, String> in, Key key) {
        updateHits.getAndIncrement();
        return in.update(key, "updated by the callback");
    }

    @Override
    void afterStart(BpfTimer<Key, String> timer) {
        // nothing: the timer is to fire
    }

    @Test
    void aCallbackFreesItsOwnTimerByUpdateUnderNmi() {
        stress();
        assertTrue(updateHits.get() > 0);
        assertTrue(answers.done("in callback") > 0, answers::toString);
    }
}
