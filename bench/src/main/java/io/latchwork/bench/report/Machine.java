// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.report;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What something ran on. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path GOVERNOR = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    private static final Path CLOCK_SOURCE =
        Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    private static final Path TIMER_SLACK = Path.of("/proc/self/timerslack_ns");
    private static final String NOT_TOLD = "not told";

    private Machine() {
    }

    /**
     * Everything that a figure or a verdict may depend on, by name, in the order to show it in.
     *
     * @return the facts; what the system does not tell is called so
     */
    public static Map<String, String> facts() {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("CPU", cpu());
        facts.put("cores", String.valueOf(cores()));
        facts.put("governor", line(GOVERNOR));
        facts.put("timer slack", slack());
        facts.put("clock source", line(CLOCK_SOURCE));
        facts.put("system", system());
        facts.put("JDK", jdk());
        facts.put("JVM flags", flags());
        facts.put("collectors", collectors());
        facts.put("load", load());
        return facts;
    }

    /**
     * The processor, as the system names it.
     *
     * @return its name, or the architecture
     */
    public static String cpu() {
        if (Files.isReadable(CPU_INFO)) {
            try (Stream<String> lines = Files.lines(CPU_INFO)) {
                return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst().orElse(architecture());
            } catch (IOException e) {
                return architecture();
            }
        }
        return architecture();
    }

    private static String architecture() {
        return System.getProperty("os.arch");
    }

    /**
     * Processors that this JVM may use.
     *
     * @return the number
     */
    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * The version of the JDK.
     *
     * @return name and version
     */
    public static String jdk() {
        return System.getProperty("java.vm.name") + " " + Runtime.version();
    }

    /**
     * The operating system.
     *
     * @return name and version
     */
    public static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    /**
     * The collectors in use.
     *
     * @return their names
     */
    public static String collectors() {
        return String.join(", ", ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName).toList());
    }

    /** The flags that this JVM was started with, without the launcher's own property. */
    private static String flags() {
        final String flags = String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> !argument.startsWith("-Dlatchwork.terminal")).toList());
        return flags.isEmpty() ? "none" : flags;
    }

    private static String load() {
        final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? NOT_TOLD : String.format(Locale.ROOT, "%.2f", load);
    }

    private static String slack() {
        final String slack = line(TIMER_SLACK);
        return slack.equals(NOT_TOLD) ? slack : slack + " ns";
    }

    private static String line(final Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file).strip() : NOT_TOLD;
        } catch (IOException e) {
            return NOT_TOLD;
        }
    }
}
