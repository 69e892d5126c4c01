// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.latchwork.bench.stress.AsymmetricReaders;
import io.latchwork.rcu.ReaderMode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A short torture of the library's RCU, and the proof that it would have found a bug. */
class RcuTortureTest {
    private static String output;

    private static int torture(final String... args) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int code = RcuTorture.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), args);
        output = bytes.toString(StandardCharsets.UTF_8);
        System.out.print(output);
        return code;
    }

    @Test
    void theLibraryPasses() {
        assertEquals(0, torture("--flavour", "symmetric", "--seconds", "2", "--stall-ms", "50", "--period-ms", "50",
            "--stutter-ms", "200", "--flood", "2000"));
        for (final Scenario scenario : Scenario.values()) {
            assertTrue(output.contains("@result rcutorture-symmetric-" + scenario.label() + " passed"), scenario.label());
        }
    }

    @Test
    void theLibraryPassesWithReadersWithoutFences() {
        final ReaderMode mode = AsymmetricReaders.mode();
        assumeTrue(mode.asymmetric(), mode.reason());
        assertEquals(0, torture("--flavour", "asymmetric", "--seconds", "1", "--stall-ms", "50", "--period-ms", "50",
            "--stutter-ms", "200", "--flood", "2000"));
        assertTrue(output.contains("@result rcutorture-asymmetric-roomy passed"));
        assertTrue(output.contains("@result rcutorture-asymmetric-crowded passed"));
    }

    @Test
    void eachBustedFlavourIsCaught() {
        assertEquals(0, torture("--self-test", "--seconds", "10", "--seed", "-1"));
        for (final FlavourKind kind : FlavourKind.values()) {
            assertEquals(kind.isBusted(), output.contains("@result rcutorture-" + kind.label() + "-roomy passed"), kind.label());
        }
    }

    @Test
    void aBustedFlavourFailsTheRun() {
        assertEquals(1, torture("--flavour", "busted-sync", "--seconds", "10", "--scenario", "counted"));
        assertTrue(output.contains("@failure "));
        assertTrue(output.contains("@result rcutorture-busted-sync-counted failed"));
    }

    @Test
    void badUsageIsRefusedByName() {
        assertEquals(2, torture("--no-such-knob"));
        assertTrue(output.contains("--no-such-knob"));
        assertEquals(2, torture("--readers", "1"));
        assertTrue(output.contains("--readers"));
        assertEquals(2, torture("--flavour", "imaginary"));
        assertTrue(output.contains("imaginary"));
    }
}
