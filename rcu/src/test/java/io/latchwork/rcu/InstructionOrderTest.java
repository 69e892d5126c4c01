// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.latchwork.rcu.MachineCode.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What readers without fences rest on: in the code that C2 makes, the publication of a section comes before the loads in it and
 * its end after them, and there is no fence. Looked up in the machine code, also when C2 is told to schedule at random. With
 * fences the publication is an exchange, which is one.
 *
 * <p>{@code latchwork.order.seeds} says how many random schedules are tried; the default is 2.
 */
class InstructionOrderTest {
    private static final int SEEDS = Integer.getInteger("latchwork.order.seeds", 2);

    @BeforeAll
    static void needsC2OnX86() {
        final String obstacle = !"amd64".equals(System.getProperty("os.arch")) ? "the code of " + System.getProperty("os.arch")
            : AsymmetricGate.unknownCompiler(System.getProperty("java.vm.name"), false);
        if (obstacle != null) {
            System.out.println("InstructionOrderTest skipped: " + obstacle);
        }
        assumeTrue(obstacle == null, obstacle);
    }

    private static String compile(final boolean asymmetric, final int seed) throws Exception {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m", "-XX:+UseSerialGC", "-XX:-TieredCompilation", "-XX:-BackgroundCompilation", "-XX:-UseOnStackReplacement",
            "-XX:+UnlockDiagnosticVMOptions", "-XX:CompileCommand=quiet"));
        for (final String method : List.of("volatileRead", "plainReads", "busted")) {
            command.add("-XX:CompileCommand=dontinline," + OrderSubject.class.getName() + "::" + method);
            command.add("-XX:CompileCommand=print," + OrderSubject.class.getName() + "::" + method);
        }
        if (seed > 0) {
            command.addAll(List.of("-XX:+StressGCM", "-XX:+StressLCM", "-XX:+StressIGVN", "-XX:StressSeed=" + seed));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OrderSubject.class.getName(),
            String.valueOf(asymmetric)));
        final Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, jvm.waitFor(), output);
        return output;
    }

    /** What is wrong with the order, or null: publication, load, end. */
    private static String disorder(final MachineCode code, final Kind publication) {
        final List<Integer> published = code.word(publication);
        final List<Integer> loaded = code.root(Kind.LOAD);
        final List<Integer> stored = code.word(Kind.STORE);
        if (published.isEmpty() || loaded.isEmpty() || stored.isEmpty()) {
            return "an access is missing: publication " + published + ", load " + loaded + ", stores " + stored;
        }
        final int begin = published.get(0);
        final int end = stored.get(stored.size() - 1);
        final int load = loaded.get(loaded.size() - 1);
        return begin < load && load < end ? null : "published at " + begin + ", loaded at " + load + ", ended at " + end;
    }

    private static void check(final boolean asymmetric) throws Exception {
        final Kind publication = asymmetric ? Kind.STORE : Kind.EXCHANGE;
        for (int seed = 0; seed <= SEEDS; seed++) {
            final String output = compile(asymmetric, seed);
            for (final String method : List.of("volatileRead", "plainReads")) {
                final MachineCode code = MachineCode.of(output, method);
                final String at = method + ", seed " + seed + ": " + code;
                assertEquals(null, disorder(code, publication), at);
                assertEquals(asymmetric ? 0 : 1, code.word(Kind.EXCHANGE).size(), at);
                assertEquals(asymmetric ? 2 : 1, code.word(Kind.STORE).size(), at);
                assertFalse(code.hasFence(), "a fence beside the exchange, or where none is to be: " + at);
            }
        }
    }

    @Test
    void loadsStayInsideASectionWithoutFences() throws Exception {
        check(true);
    }

    @Test
    void aSymmetricSectionBeginsWithAnExchangeAndHasNoOtherFence() throws Exception {
        check(false);
    }

    @Test
    void plainAccessesAreFoundOutOfOrder() throws Exception {
        final MachineCode code = MachineCode.of(compile(true, 0), "busted");
        assertTrue(disorder(code, Kind.STORE) != null, "the compiler moved nothing, so the check shows nothing: " + code);
    }
}
