// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a run offers its tasks.
 *
 * @param plan how much is asked for
 * @param jdk25 home of a JDK 25 or later; null if there is none
 */
public record Tools(Plan plan, Path jdk25) {
    private static final int NEW_JDK = 25;
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    /**
     * How long a JMH benchmark is measured.
     *
     * @return what the plan asks for
     */
    public Effort effort() {
        return Effort.of(plan);
    }

    /**
     * The launcher of this JVM.
     *
     * @return path of the program
     */
    public static Path java() {
        return launcher(Path.of(System.getProperty("java.home")));
    }

    /**
     * The launcher of a JDK 25 or later, for what older ones do not have.
     *
     * @return path of the program
     * @throws Unavailable if there is none
     */
    public Path java25() throws Unavailable {
        if (jdk25 == null) {
            throw new Unavailable("needs a JDK 25, see --jdk25");
        }
        return launcher(jdk25);
    }

    /** The home of a JDK 25 or later: this one's, or one where Linux distributions put them; null if there is none. */
    static Path findJdk25() {
        if (Runtime.version().feature() >= NEW_JDK) {
            return Path.of(System.getProperty("java.home"));
        }
        if (!Files.isDirectory(JDKS)) {
            return null;
        }
        try (Stream<Path> homes = Files.list(JDKS)) {
            return homes.filter(home -> home.getFileName().toString().contains(String.valueOf(NEW_JDK)))
                .filter(Tools::isHome).sorted().findFirst().orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a JDK is there. */
    static boolean isHome(final Path home) {
        return Files.isExecutable(launcher(home));
    }

    private static Path launcher(final Path home) {
        return home.resolve("bin").resolve("java");
    }
}
