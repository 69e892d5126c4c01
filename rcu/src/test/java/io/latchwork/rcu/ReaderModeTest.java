// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When readers are without fences, and what a domain says if they are not. */
class ReaderModeTest {
    private static final int FOREIGN_CALLS = 22;

    /** Makes a domain that asks for the mode, uses it, and prints what it got. */
    static final class Asking {
        private Asking() {
        }

        public static void main(final String[] args) throws InterruptedException {
            try (Rcu rcu = Rcu.builder().asymmetric(true).build()) {
                final Support.Counting head = new Support.Counting();
                rcu.readLock().unlock();
                rcu.callRcu(head);
                rcu.barrier();
                rcu.synchronizeExpedited();
                System.out.print(rcu.readerMode() + " " + head.runs);
            }
        }
    }

    private static String ask(final String... flags) throws Exception {
        final List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), Asking.class.getName()));
        return java(arguments);
    }

    private static String java(final List<String> arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        final Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, jvm.waitFor(), output);
        return output;
    }

    private static void needsTheMode() {
        final ReaderMode mode = ReaderBarrier.choose(true).mode();
        if (!mode.asymmetric()) {
            System.out.println("skipped: " + mode.reason());
        }
        assumeTrue(mode.asymmetric(), mode.reason());
    }

    @Test
    void readersAreSymmetricUnlessAskedFor() {
        try (Rcu rcu = Support.manual().build()) {
            assertEquals(new ReaderMode(false, "asymmetric readers were not asked for"), rcu.readerMode());
        }
    }

    @Test
    void jdkWithoutForeignCallsIsNamed() {
        assumeTrue(Runtime.version().feature() < FOREIGN_CALLS, "for older JDKs");
        try (Rcu rcu = Support.manual().asymmetric(true).build()) {
            assertFalse(rcu.readerMode().asymmetric());
            final String reason = rcu.readerMode().reason();
            assertTrue(reason.contains("no foreign calls") || reason.contains("no system call"), reason);
        }
    }

    @Test
    void oneJvmHasDomainsOfBothModes() throws InterruptedException {
        needsTheMode();
        try (Rcu symmetric = Support.manual().build(); Rcu asymmetric = Support.manual().asymmetric(true).build()) {
            assertFalse(symmetric.readerMode().asymmetric());
            assertTrue(asymmetric.readerMode().asymmetric());
            final RcuSlot one = symmetric.readLock();
            final RcuSlot other = asymmetric.readLock();
            assertFalse(asymmetric.tables() == symmetric.tables());
            other.unlock();
            asymmetric.synchronizeExpedited();
            one.unlock();
            symmetric.synchronizeExpedited();
        }
    }

    @Test
    void withoutLeaveForNativeAccessNothingIsPrintedAndReadersAreSymmetric() throws Exception {
        final String output = ask();
        assertTrue(output.startsWith("ReaderMode[asymmetric=false, reason="), output);
        assertTrue(output.endsWith("] 1"), output);
        assertEquals(output.indexOf('\n'), -1, output);
        if (ReaderBarrier.choose(true).mode().asymmetric()) {
            assertTrue(output.contains("--enable-native-access=ALL-UNNAMED"), output);
        }
    }

    @Test
    void withLeaveTheModeIsHadAndNothingIsPrinted() throws Exception {
        needsTheMode();
        assertEquals("ReaderMode[asymmetric=true, reason=membarrier(2), private and expedited] 1",
            ask("--enable-native-access=ALL-UNNAMED"));
    }

    @Test
    void theModeIsHadInTheNamedModuleToo() throws Exception {
        needsTheMode();
        final String classPath = System.getProperty("java.class.path");
        final Path main = Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of)
            .filter(entry -> entry.endsWith(Path.of("rcu", "target", "classes"))).findFirst().orElse(null);
        assumeTrue(main != null, "the classes of the module are in no folder");
        assertEquals("ReaderMode[asymmetric=true, reason=membarrier(2), private and expedited] 1",
            java(List.of("--module-path", main.toString(), "--patch-module",
                "io.latchwork.rcu=" + main.resolveSibling("test-classes"), "--enable-native-access=io.latchwork.rcu", "-m",
                "io.latchwork.rcu/" + Asking.class.getName())));
    }

    @Test
    void compilerThatIsNotKnownIsRefused() throws Exception {
        needsTheMode();
        assertTrue(ask("--enable-native-access=ALL-UNNAMED", "-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI")
            .contains("JVMCI"));
        assertNull(AsymmetricGate.unknownCompiler("OpenJDK 64-Bit Server VM", false));
        assertNull(AsymmetricGate.unknownCompiler("Java HotSpot(TM) 64-Bit Server VM", false));
        for (final String other : List.of("Eclipse OpenJ9 VM", "Zing 64-Bit Tiered VM", "Substrate VM",
            "OpenJDK 64-Bit Zero VM")) {
            assertNotNull(AsymmetricGate.unknownCompiler(other, false), other);
        }
    }

    @Test
    void systemCallIsKnownForLinuxAlone() {
        assertEquals(324, AsymmetricGate.syscallNumber("Linux", "amd64"));
        assertEquals(283, AsymmetricGate.syscallNumber("Linux", "aarch64"));
        assertEquals(283, AsymmetricGate.syscallNumber("Linux", "riscv64"));
        assertEquals(-1, AsymmetricGate.syscallNumber("Linux", "x86"));
        assertEquals(-1, AsymmetricGate.syscallNumber("Mac OS X", "aarch64"));
    }
}
