// SPDX-License-Identifier: Apache-2.0
package io.latchwork;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.jvm.agent.InstrumentationMode;
import org.jetbrains.lincheck.jvm.agent.LincheckInstrumentation;

/**
 * The part of the checker that rewrites classes, put in once and left there. By itself it rewrites some hundred classes before
 * every test and back afterwards, which takes longer than most tests and throws the compiled code away each time.
 *
 * <p>What one thread does alone, such as making a map and looking at the books afterwards, has one order only. Told to ignore
 * it, the checker does not step through it, and spends its time where threads meet.
 */
final class CheckerAgent {
    private static volatile InstrumentationMode installed; // null: the checker was not used yet, and looks at nobody
    private static volatile boolean ignores = true;

    static {
        try {
            // by its name, since its annotations are of a library that nobody has, which javac warns of
            LincheckInstrumentation.INSTANCE.attachJavaAgentStatically((Instrumentation)
                Class.forName("net.bytebuddy.agent.ByteBuddyAgent").getMethod("install").invoke(null));
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private CheckerAgent() {
    }

    /** What the checker has put into the boot class path, by the first installation. */
    private static final class Section {
        static final MethodHandle ENTER = find("enterIgnoredSection");
        static final MethodHandle LEAVE = find("leaveIgnoredSection");

        private static MethodHandle find(final String method) {
            try {
                return MethodHandles.publicLookup().findStatic(
                    Class.forName("sun.nio.ch.lincheck.Injections", true, null), method, MethodType.methodType(void.class));
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** Has classes rewritten as the model checker wants them. */
    static void modelChecking() {
        install(InstrumentationMode.MODEL_CHECKING);
    }

    /** Has classes as they are, for runs at full speed. */
    static void fullSpeed() {
        install(InstrumentationMode.STRESS);
    }

    private static synchronized void install(final InstrumentationMode mode) {
        if (installed == mode) {
            return;
        }
        if (installed != null) {
            LincheckInstrumentation.INSTANCE.uninstall();
        }
        installed = null;
        LincheckInstrumentation.INSTANCE.install(mode);
        installed = mode;
    }

    /**
     * Runs something under the checker once, all of it observed. The checker rewrites a class when it sees the class at work; an
     * object that was made while it did not look would stay what it is, and be invisible.
     */
    static void firstObserveAll(final Runnable scenario) {
        ignores = false;
        try {
            Lincheck.runConcurrentTest(1, scenario);
        } finally {
            ignores = true;
        }
    }

    /** From here on the checker does not look at this thread, if it did. */
    static void ignore() {
        if (ignores && installed != null) {
            call(Section.ENTER);
        }
    }

    /** From here on the checker looks at this thread again, if it is one of its own. */
    static void observe() {
        if (ignores && installed != null) {
            call(Section.LEAVE);
        }
    }

    private static void call(final MethodHandle target) {
        try {
            target.invokeExact();
        } catch (final Throwable e) {
            throw new AssertionError(e);
        }
    }
}
