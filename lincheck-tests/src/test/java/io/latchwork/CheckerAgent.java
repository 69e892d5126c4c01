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
    private static final MethodHandle ENTER;
    private static final MethodHandle LEAVE;
    private static boolean installed;
    private static volatile boolean ignores = true;

    static {
        try {
            // by its name, since its annotations are of a library that nobody has, which javac warns of
            LincheckInstrumentation.INSTANCE.attachJavaAgentStatically((Instrumentation)
                Class.forName("net.bytebuddy.agent.ByteBuddyAgent").getMethod("install").invoke(null));
            modelChecking();
            final Class<?> injections = Class.forName("sun.nio.ch.lincheck.Injections", true, null);
            final MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            final MethodType type = MethodType.methodType(void.class);
            ENTER = lookup.findStatic(injections, "enterIgnoredSection", type);
            LEAVE = lookup.findStatic(injections, "leaveIgnoredSection", type);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private CheckerAgent() {
    }

    /** Has classes rewritten as the model checker wants them. */
    static synchronized void modelChecking() {
        if (!installed) {
            LincheckInstrumentation.INSTANCE.install(InstrumentationMode.MODEL_CHECKING);
            installed = true;
        }
    }

    /** Has classes as they are, for runs at full speed. */
    static synchronized void fullSpeed() {
        if (installed) {
            LincheckInstrumentation.INSTANCE.uninstall();
            installed = false;
        }
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
        if (ignores) {
            call(ENTER);
        }
    }

    /** From here on the checker looks at this thread again, if it is one of its own. */
    static void observe() {
        if (ignores) {
            call(LEAVE);
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
