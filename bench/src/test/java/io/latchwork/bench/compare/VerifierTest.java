// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import static io.latchwork.bench.compare.Packets.expiry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.bench.capture.Capture;
import io.latchwork.bench.capture.CaptureException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifierTest {
    private static final Timeouts HUNDRED = Timeouts.ofIdleMs(100);
    private static final int BROKEN_EVERY = 100;

    @ParameterizedTest
    @EnumSource(value = Variant.class, names = {"LOCKFREE", "LOCKED_SPIN", "LOCKED_REENTRANT"})
    void smallTrafficHasNoDifferences(Variant variant) {
        Traffic traffic = new Packets().data(0, 1).data(0, 2).fin(50, 1, true).rst(55, 1, false).data(65, 1)
            .data(100, 2).data(199, 2).data(400, 3).data(500, 3).traffic();
        assertEquals(0, Verifier.differences(traffic, HUNDRED, variant.onClock()));
    }

    @ParameterizedTest
    @EnumSource(value = Variant.class, names = {"LOCKFREE", "LOCKED_SPIN", "LOCKED_REENTRANT"})
    void randomTrafficHasNoDifferences(Variant variant) {
        Random random = new Random(7);
        Packets packets = new Packets();
        long atMs = 0;
        for (int i = 0; i < 5_000; i++) {
            atMs += random.nextInt(8);
            int port = 1 + random.nextInt(50);
            switch (random.nextInt(12)) {
                case 0 -> packets.fin(atMs, port, random.nextBoolean());
                case 1 -> packets.rst(atMs, port, random.nextBoolean());
                default -> packets.data(atMs, port);
            }
        }
        assertEquals(0, Verifier.differences(packets.traffic(), HUNDRED, variant.onClock()));
    }

    @ParameterizedTest
    @EnumSource(value = Variant.class, names = {"LOCKFREE", "LOCKED_SPIN", "LOCKED_REENTRANT"})
    void defaultCaptureHasNoDifferences(Variant variant) throws CaptureException {
        Traffic traffic = Traffic.of(Capture.loadDefault());
        for (int idleMs : new int[] {1, 100, 2_000}) {
            Timeouts timeouts = Timeouts.ofIdleMs(idleMs);
            assertEquals(0, Verifier.differences(traffic, timeouts, variant.onClock()), "idle " + idleMs + " ms");
            assertTrue(ReferenceModel.expiries(traffic, timeouts).size() >= traffic.flows());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Variant.class, names = {"LOCKFREE", "LOCKED_SPIN", "LOCKED_REENTRANT"})
    void tableThatForgetsRearmsIsCaught(Variant variant) throws CaptureException {
        Traffic traffic = Traffic.of(Capture.loadDefault());
        assertTrue(Verifier.differences(traffic, HUNDRED, variant.onClock(),
            (runtime, keys, timeouts, sink) -> new Forgetful(new RuntimeFlowTable(runtime, keys, timeouts, sink))) > 0);
    }

    @Test
    void tableThatReportsTwiceIsCaught() {
        Traffic traffic = new Packets().data(0, 1).traffic();
        assertEquals(1, Verifier.differences(traffic, HUNDRED, Variant.LOCKFREE.onClock(),
            (runtime, keys, timeouts, sink) -> new RuntimeFlowTable(runtime, keys, timeouts, flow -> {
                sink.expired(flow);
                sink.expired(flow);
            })));
    }

    @Test
    void countsWhatIsInOneOfThemOnlyAndTimesThatGoBack() {
        List<Expiry> expected = List.of(expiry(1, 1), expiry(2, 2), expiry(2, 2), expiry(3, 3));
        assertEquals(0, Verifier.count(expected, expected));
        assertEquals(1, Verifier.count(expected.subList(0, 3), expected));
        assertEquals(1, Verifier.count(expected, expected.subList(1, 4)));
        assertEquals(2, Verifier.count(List.of(expiry(1, 1), expiry(2, 2), expiry(2, 3), expiry(3, 3)), expected));
        assertEquals(1, Verifier.count(List.of(expiry(1, 1), expiry(2, 2), expiry(3, 3), expiry(2, 2)), expected));
        assertEquals(4, Verifier.count(List.of(), expected));
    }

    /** A table whose timers ignore every hundredth re-arm. */
    private static final class Forgetful implements FlowTable {
        private final FlowTable table;

        Forgetful(FlowTable table) {
            this.table = table;
        }

        @Override
        public Session session() {
            Session whole = table.session();
            int[] count = new int[1];
            return (flow, closes, arrivalNs) -> {
                if (++count[0] % BROKEN_EVERY != 0) {
                    whole.packet(flow, closes, arrivalNs);
                }
            };
        }

        @Override
        public void close() {
            table.close();
        }
    }
}
