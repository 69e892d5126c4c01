// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.Set;

/** What calls of JDK methods, which are not instrumented, count as. currentThread and nanoTime count as nothing. */
final class JdkCalls {

    private static final String CONCURRENT = "java/util/concurrent/";
    private static final String LOCKS = CONCURRENT + "locks/";
    private static final String ATOMIC = CONCURRENT + "atomic/";
    private static final Set<String> SYNCHRONIZERS = Set.of(CONCURRENT + "CountDownLatch", CONCURRENT + "CyclicBarrier",
        CONCURRENT + "Semaphore", CONCURRENT + "Phaser", CONCURRENT + "Exchanger", CONCURRENT + "Future",
        CONCURRENT + "CompletableFuture", CONCURRENT + "FutureTask");
    private static final Set<String> STEPS = Set.of("java/lang/invoke/VarHandle", "sun/misc/Unsafe",
        "jdk/internal/misc/Unsafe", "java/lang/foreign/MemorySegment", "java/nio/ByteBuffer");
    private static final Set<String> BOXES = Set.of("java/lang/Boolean", "java/lang/Byte", "java/lang/Character",
        "java/lang/Short", "java/lang/Integer", "java/lang/Long", "java/lang/Float", "java/lang/Double",
        "java/lang/String");

    private JdkCalls() {
    }

    /**
     * Calls that may wait. Collections of the JDK that others may be inside of, too: nobody has looked at their
     * steps.
     */
    static boolean blocks(final String owner, final String name) {
        if (name.equals("<init>")) {
            return false;
        }
        if (owner.equals(LOCKS + "LockSupport")) {
            return name.startsWith("park");
        }
        if (owner.startsWith(LOCKS)) {
            return name.contains("ock") && !name.startsWith("is") && !name.startsWith("unlock")
                || name.startsWith("await")
                || name.startsWith("acquire");
        }
        if (owner.equals("java/lang/Thread")) {
            return name.equals("sleep") || name.equals("join");
        }
        if (owner.startsWith(CONCURRENT) && !owner.startsWith(ATOMIC)) {
            final String type = owner.substring(CONCURRENT.length());
            return SYNCHRONIZERS.contains(owner) || type.startsWith("Concurrent") || type.endsWith("Queue")
                || type.endsWith("Deque");
        }
        return owner.equals("java/lang/Object") && name.equals("wait");
    }

    /** Calls that are one step for everybody else. */
    static boolean isAtomicStep(final String owner, final String name) {
        return !name.equals("<init>") && (STEPS.contains(owner) || owner.startsWith(ATOMIC)
            || owner.equals("java/lang/Thread") && (name.equals("onSpinWait") || name.equals("yield"))
            || owner.equals(LOCKS + "LockSupport") && name.equals("unpark"));
    }

    /** Calls that allocate, or may. */
    static boolean allocates(final String owner, final String name) {
        return name.equals("valueOf") && BOXES.contains(owner)
            || name.equals("clone") && owner.startsWith("[")
            || owner.equals("java/util/Arrays") && (name.startsWith("copyOf") || name.equals("asList"))
            || owner.equals("java/lang/ThreadLocal") && !name.equals("<init>");
    }
}
