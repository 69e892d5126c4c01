// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import static io.latchwork.bench.compare.Packets.expiry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceModelTest {
    private static final Timeouts HUNDRED = Timeouts.ofIdleMs(100);

    @Test
    void packetPushesTheExpiryOut() {
        Traffic traffic = new Packets().data(0, 1).data(60, 1).data(120, 2).traffic();
        assertEquals(List.of(expiry(160, 1), expiry(220, 2)), ReferenceModel.expiries(traffic, HUNDRED));
    }

    @Test
    void packetAtTheDeadlineComesTooLate() {
        Traffic traffic = new Packets().data(0, 1).data(100, 1).traffic();
        assertEquals(List.of(expiry(100, 1), expiry(200, 1)), ReferenceModel.expiries(traffic, HUNDRED));
    }

    @Test
    void bothSidesHaveToEnd() {
        Traffic traffic = new Packets().fin(0, 1, true).fin(10, 1, true).fin(10, 2, true).rst(20, 2, false).traffic();
        assertEquals(List.of(expiry(30, 2), expiry(110, 1)), ReferenceModel.expiries(traffic, HUNDRED));
    }

    @Test
    void newLifeOfAFlowIsOpen() {
        Traffic traffic = new Packets().fin(0, 1, true).fin(0, 1, false).data(50, 1).traffic();
        assertEquals(List.of(expiry(10, 1), expiry(150, 1)), ReferenceModel.expiries(traffic, HUNDRED));
    }

    @Test
    void equalDeadlinesAreInTheOrderOfKeys() {
        Traffic traffic = new Packets().data(0, 3).data(0, 1).data(0, 2).traffic();
        assertEquals(List.of(expiry(100, 1), expiry(100, 2), expiry(100, 3)),
            ReferenceModel.expiries(traffic, HUNDRED));
    }
}
