// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.time.Duration;
import java.util.List;

/**
 * Something that is run in a JVM of its own and tells in the lines of {@link CheckerLines} how it goes.
 *
 * @param name the name for {@code --only}
 * @param what what it shows, in a few words
 * @param mainClass its main class, on the class path of this JVM
 * @param arguments the arguments of the main class
 * @param jvmFlags the flags of the JVM
 * @param limit after which it is ended and has failed
 * @param onSoundGround whether it means nothing unless all checkers before it passed
 */
record Checker(String name, String what, String mainClass, List<String> arguments, List<String> jvmFlags, Duration limit,
               boolean onSoundGround) {
    Checker {
        arguments = List.copyOf(arguments);
        jvmFlags = List.copyOf(jvmFlags);
    }
}
