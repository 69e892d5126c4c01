// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.reflect.Method;

/**
 * Whether readers may do without fences in this JVM, as far as can be told without a native call.
 *
 * <p>An opaque store followed by a volatile load is in that order in the machine code of HotSpot: its interpreter and C1 make a
 * volatile store of it, and C2 puts a barrier for the compiler, without an instruction, on both sides of it. Nothing in the
 * specification of the language promises that. So compilers of which it is not known are refused by name.
 */
final class AsymmetricGate {
    private static final int FIRST_JDK_WITH_FOREIGN_CALLS = 22;

    private AsymmetricGate() {
    }

    /** What stands in the way, or null. */
    static String obstacle() {
        final String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        if (syscallNumber() < 0) {
            return "no system call for the barrier is known for " + system;
        }
        final int java = Runtime.version().feature();
        if (java < FIRST_JDK_WITH_FOREIGN_CALLS) {
            return "Java " + java + " has no foreign calls, " + FIRST_JDK_WITH_FOREIGN_CALLS + " and later have";
        }
        final String vm = unknownCompiler(System.getProperty("java.vm.name"),
            ModuleLayer.boot().findModule("jdk.internal.vm.ci").isPresent());
        return vm != null ? vm : forbiddenAccess();
    }

    /** The number of membarrier(2), or -1. */
    static long syscallNumber() {
        return syscallNumber(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static long syscallNumber(final String system, final String processor) {
        if (!"Linux".equals(system)) {
            return -1;
        }
        return switch (processor) {
            case "amd64" -> 324;
            case "aarch64", "riscv64" -> 283;
            default -> -1;
        };
    }

    /** What is wrong with the compiler, or null. The module is in the boot layer when a compiler in Java may be in use. */
    static String unknownCompiler(final String vm, final boolean compilerInterface) {
        if (!vm.startsWith("OpenJDK 64-Bit Server VM") && !vm.startsWith("Java HotSpot(TM) 64-Bit Server VM")) {
            return "the compiler of " + vm + " is not known to keep the order of opaque accesses";
        }
        return compilerInterface ? "a JVMCI compiler is not known to keep the order of opaque accesses" : null;
    }

    private static String forbiddenAccess() {
        final Module module = AsymmetricGate.class.getModule();
        try {
            final Method enabled = Module.class.getMethod("isNativeAccessEnabled"); // since 22
            if ((boolean) enabled.invoke(module)) {
                return null;
            }
        } catch (final ReflectiveOperationException e) {
            return e.toString();
        }
        return "native access is not enabled: --enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }
}
