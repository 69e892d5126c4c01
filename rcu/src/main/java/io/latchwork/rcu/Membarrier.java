// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * membarrier(2), private and expedited: the kernel interrupts each processor that runs a thread of this process and fences there;
 * one that runs none has been fenced by the switch. It costs a few microseconds, by the number of processors that are busy with
 * us.
 *
 * <p>Called through {@code java.lang.foreign}, which is reached by reflection: so one class file serves every JDK from 17 on,
 * whatever JDK it was compiled by. The call itself is an exact invocation of a constant method handle.
 *
 * <p>The kernel is asked whether it knows the command, the process is registered for it, and one barrier is made, before any
 * reader relies on it. It may still be refused later, by a filter of system calls that is installed in the running process, or
 * after a restore from a checkpoint: then no grace period ends any more, waits throw, and nothing is reclaimed.
 */
final class Membarrier implements ReaderBarrier {
    private static final long QUERY = 0;
    private static final long PRIVATE_EXPEDITED = 1 << 3;
    private static final long REGISTER_PRIVATE_EXPEDITED = 1 << 4;

    private static final Membarrier INSTANCE = new Membarrier();

    private final ReaderMode mode = new ReaderMode(true, "membarrier(2), private and expedited");

    private Membarrier() {
    }

    /** What can be had; the attempt is made once per JVM. */
    static ReaderBarrier orNone() {
        return Link.OBSTACLE == null ? INSTANCE : ReaderBarrier.none(Link.OBSTACLE);
    }

    @Override
    public ReaderMode mode() {
        return mode;
    }

    @Override
    public void run() {
        final long result = Link.call(PRIVATE_EXPEDITED);
        if (result != 0) {
            throw new IllegalStateException("membarrier(2) is refused: " + result);
        }
        // RC30 <-> RC29: the scan comes after the barrier, and the barrier in every reader before or after its publication
        VarHandle.fullFence();
    }

    /** The way to the system call, and what is in it. */
    private static final class Link {
        private static final long NUMBER = AsymmetricGate.syscallNumber();
        private static final MethodHandle SYSCALL;
        private static final String OBSTACLE;

        static {
            MethodHandle syscall = null;
            String obstacle;
            try {
                syscall = find();
                obstacle = tryOut(syscall);
            } catch (final ReflectiveOperationException | RuntimeException | LinkageError e) {
                obstacle = "the system call cannot be linked: " + e;
            }
            SYSCALL = syscall;
            OBSTACLE = obstacle;
        }

        private static String tryOut(final MethodHandle syscall) {
            final long known = call(syscall, QUERY);
            if (known < 0 || (known & PRIVATE_EXPEDITED) == 0) {
                return "the kernel does not offer membarrier(2), private and expedited: " + known;
            }
            if (call(syscall, REGISTER_PRIVATE_EXPEDITED) != 0) {
                return "the kernel does not register this process for membarrier(2)";
            }
            return call(syscall, PRIVATE_EXPEDITED) == 0 ? null : "membarrier(2) fails";
        }

        private static long call(final long command) {
            return call(SYSCALL, command);
        }

        private static long call(final MethodHandle syscall, final long command) {
            try {
                return (long) syscall.invokeExact(NUMBER, command, 0L, 0L);
            } catch (final RuntimeException | Error e) {
                throw e;
            } catch (final Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }

        /** {@code long syscall(long number, long command, long flags, long cpu)}. */
        private static MethodHandle find() throws ReflectiveOperationException {
            final Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
            final Class<?> option = Class.forName("java.lang.foreign.Linker$Option");
            final Class<?> layout = Class.forName("java.lang.foreign.MemoryLayout");
            final Class<?> descriptor = Class.forName("java.lang.foreign.FunctionDescriptor");
            final Object linker = linkerType.getMethod("nativeLinker").invoke(null);
            final Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
            final Optional<?> address = (Optional<?>) Class.forName("java.lang.foreign.SymbolLookup")
                .getMethod("find", String.class).invoke(lookup, "syscall");
            final Object number = Class.forName("java.lang.foreign.ValueLayout").getField("JAVA_LONG").get(null);
            final Object arguments = Array.newInstance(layout, 4);
            for (int i = 0; i < 4; i++) {
                Array.set(arguments, i, number);
            }
            final Object signature = descriptor.getMethod("of", layout, arguments.getClass()).invoke(null, number, arguments);
            final Object options = Array.newInstance(option, 1);
            Array.set(options, 0, option.getMethod("firstVariadicArg", int.class).invoke(null, 1));
            final Method link = linkerType.getMethod("downcallHandle", Class.forName("java.lang.foreign.MemorySegment"),
                descriptor, options.getClass());
            return (MethodHandle) link.invoke(linker, address.orElseThrow(), signature, options);
        }
    }
}
