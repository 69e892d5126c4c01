// SPDX-License-Identifier: Apache-2.0
package io.latchwork.jcstress;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One run of jcstress in a JVM of its own, and what came of it.
 *
 * @param directory where it ran; its reports are in {@code report}
 * @param output all that it printed
 * @param exitCode 0 if every test passed; 1 for a forbidden outcome, but for a usage error too
 * @param planned how many test runs there were to be
 * @param passed how many passed
 * @param failed how many saw a forbidden outcome
 * @param errors how many could not be run
 */
record JcstressRun(Path directory, String output, int exitCode, int planned, int passed, int failed, int errors) {
    private static final int FIRST_JDK_WITH_NATIVE_ACCESS_WARNING = 24;
    private static final Pattern RESULTS = Pattern.compile(
        "Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs");
    private static final Pattern FORBIDDEN = Pattern.compile(
        "^(\\S+) .*Observed forbidden state: (.*)$", Pattern.MULTILINE);

    /** One fork of one configuration, a tenth of a second. */
    static final List<String> ONE_CONFIGURATION = List.of("-sc", "false", "-f", "1", "-iters", "1", "-time", "100",
        "-jvmArgs", "-XX:+UseSerialGC -XX:-UsePerfData --enable-native-access=ALL-UNNAMED");
    /** Each test in all the JVM configurations that jcstress has, with the actors compiled alike and differently. */
    static final List<String> ALL_CONFIGURATIONS = List.of("-f", "1", "-iters", "1", "-time", "300",
        "-jvmArgsPrepend", "--enable-native-access=ALL-UNNAMED");


    static JcstressRun of(String name, Collection<String> tests, List<String> options, int limitSeconds) throws Exception {
        Path directory = emptied(parent().resolve(name).toAbsolutePath());
        Path log = directory.resolve("out.txt");
        Process jvm = new ProcessBuilder(command(tests, options)).directory(directory.toFile())
            .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long begin = System.nanoTime();
        if (!jvm.waitFor(limitSeconds, TimeUnit.SECONDS)) {
            jvm.descendants().forEach(ProcessHandle::destroyForcibly);
            jvm.destroyForcibly();
            fail("jcstress ran past " + limitSeconds + " s; see " + log);
        }
        JcstressRun run = parse(directory, Files.readString(log), jvm.exitValue());
        System.out.printf("JCSTRESS %s: %d tests, exit code %d, planned %d, passed %d, failed %d, errors %d, %.1f s%n",
            name, tests.size(), run.exitCode, run.planned, run.passed, run.failed, run.errors,
            (System.nanoTime() - begin) / 1e9);
        assertFalse(run.output.contains("No scheduling is possible"),
            "a test has more actors than this machine has CPUs and would be skipped silently");
        return run;
    }

    private static Path parent() throws IOException {
        String told = System.getProperty("jcstress.directory");
        Path target = Path.of("target");
        return told != null ? Path.of(told)
            : Files.isDirectory(target) ? target.resolve("jcstress-runs") : Files.createTempDirectory("jcstress-runs");
    }

    private static List<String> command(Collection<String> tests, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= FIRST_JDK_WITH_NATIVE_ACCESS_WARNING) {
            command.add("--enable-native-access=ALL-UNNAMED"); // for JNA, which jcstress uses
        }
        command.addAll(List.of("-cp", classPath(), QuickMain.class.getName(),
            "-t", tests.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(", ")$")),
            "-c", "2", "-af", "NONE", "-hs", "64", "-r", "report"));
        command.addAll(options);
        return command;
    }

    /** Of this JVM; absolute, since the other one has a working directory of its own. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
    }

    private static JcstressRun parse(Path directory, String output, int exitCode) {
        int[] last = new int[5];
        for (Matcher m = RESULTS.matcher(output); m.find();) {
            for (int i = 0; i < last.length; i++) {
                last[i] = Integer.parseInt(m.group(i + 1));
            }
        }
        return new JcstressRun(directory, output, exitCode, last[0], last[1], last[2], last[3] + last[4]);
    }

    private static Path emptied(Path directory) throws IOException {
        if (Files.exists(directory)) {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return Files.createDirectories(directory);
    }

    /** The forbidden outcomes, or, if there are none, the end of what was printed. */
    String failures() {
        List<String> lines = new ArrayList<>();
        for (Matcher m = FORBIDDEN.matcher(output); m.find();) {
            lines.add(m.group(1) + ": " + m.group(2));
        }
        return lines.isEmpty() ? output.substring(Math.max(0, output.length() - 3_000)) : String.join("\n", lines);
    }

    /** Whether a test ran and left its report. */
    boolean hasReport(String test) {
        return Files.exists(directory.resolve("report").resolve(test + ".html"));
    }
}
