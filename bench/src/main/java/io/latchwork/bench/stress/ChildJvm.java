// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What every JVM needs that is started from this one: the same Java, the same class path wherever it works, and an end. */
public final class ChildJvm {
    private static final int FIRST_JDK_WITH_AGENT_WARNING = 21;
    private static final int FIRST_JDK_WITH_UNSAFE_WARNING = 24;

    private ChildJvm() {
    }

    /**
     * The beginning of a command line: this JVM's own launcher, and flags.
     *
     * @param flags the flags
     * @return a list to append to
     */
    public static List<String> command(final List<String> flags) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED"); // for RCU readers without fences; nothing else asks for it
        command.addAll(flags);
        return command;
    }

    /**
     * This JVM's class path, for a child that works in another directory.
     *
     * @return the class path with absolute entries
     */
    public static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * What Lincheck needs: it attaches an agent to its own JVM and uses sun.misc.Unsafe, which later JDKs want to be told.
     *
     * @return flags
     */
    public static List<String> lincheckFlags() {
        final List<String> flags = new ArrayList<>(List.of("-Xshare:off", "-Dlincheck.logLevel=ERROR"));
        final int version = Runtime.version().feature();
        if (version >= FIRST_JDK_WITH_AGENT_WARNING) {
            flags.add("-XX:+EnableDynamicAgentLoading");
        }
        if (version >= FIRST_JDK_WITH_UNSAFE_WARNING) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }

    /**
     * Kills a JVM and those that it started.
     *
     * @param jvm the JVM; it may have ended
     */
    public static void end(final Process jvm) {
        jvm.descendants().forEach(ProcessHandle::destroyForcibly);
        jvm.destroyForcibly();
    }
}
