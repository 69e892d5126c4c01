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

/** The original: as T13, but that the callback cancels itself without waiting. */
@Needs(Feature.NMI)
class T14NmiCancelTest extends NmiStressCase {
    private final AtomicLong cancelHits = new AtomicLong();

    @Override
    Status inCallback(BpfMap<Key, String> in, Key key) {
        cancelHits.getAndIncrement();
        return found(in, key).timer().cancelAsync();
    }

    @Override
    void afterStart(BpfTimer<Key, String> timer) {
        // nothing: the timer is to fire
    }

    @Test
    void aCallbackCancelsItselfUnderNmi() {
        stress();
        assertTrue(cancelHits.get() > 0);
        assertTrue(answers.done("in callback") > 0, answers::toString);
    }
}
