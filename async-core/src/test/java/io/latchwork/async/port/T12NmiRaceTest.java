// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.port.Interrupt.Key;
import org.junit.jupiter.api.Test;

/**
 * The original: the program of T10 in NMI, on a cycle counter, while 8 threads burn cycles. Here those threads run it
 * too, and are interrupted in the middle of the library's calls.
 */
@Needs(Feature.NMI)
class T12NmiRaceTest extends NmiStressCase {
    @Override
    Status inCallback(BpfMap<Key, String> in, Key key) {
        return found(in, key).timer().start(MS, 0);
    }

    @Override
    void afterStart(BpfTimer<Key, String> timer) {
        answers.of("cancelAsync", timer.cancelAsync());
    }

    @Test
    void theStormOfT10InNmi() {
        stress();
    }
}
