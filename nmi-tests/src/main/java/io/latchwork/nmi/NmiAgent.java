// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;

/**
 * Instruments classes of a whole JVM: {@code -javaagent:nmi-tests.jar=some.Class,some.package.}, with ASM on the class
 * path. In tests, {@link NmiLoader} does the same without a flag.
 */
public final class NmiAgent {

    private static final String OWN = "io/latchwork/nmi/";

    private NmiAgent() {
    }

    /**
     * Called by the JVM before main.
     *
     * @param prefixes prefixes of class names, separated by commas
     * @param instrumentation of this JVM
     */
    public static void premain(final String prefixes, final Instrumentation instrumentation) {
        final String[] wanted = Arrays.stream((prefixes == null ? "" : prefixes).replace('.', '/').split(","))
            .map(String::strip).filter(prefix -> !prefix.isEmpty()).toArray(String[]::new);
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(final Module module, final ClassLoader loader, final String name,
                                    final Class<?> redefined, final ProtectionDomain domain, final byte[] classFile) {
                return loader != null && name != null && !name.startsWith(OWN) && startsWithOne(name, wanted)
                    ? instrument(name, classFile) : null;
            }
        });
    }

    private static boolean startsWithOne(final String name, final String... prefixes) {
        return Arrays.stream(prefixes).anyMatch(name::startsWith);
    }

    /** The JVM drops what a transformer throws without a word, so it is printed here. */
    private static byte[] instrument(final String name, final byte[] classFile) {
        try {
            return NmiTransformer.transform(classFile);
        } catch (final RuntimeException e) {
            System.err.println("nmi: cannot instrument " + name + ": " + e);
            return null;
        }
    }
}
