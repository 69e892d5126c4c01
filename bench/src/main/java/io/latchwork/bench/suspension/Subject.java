// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.bench.locked.BaseLockKind;
import io.latchwork.bench.locked.LockedRuntime;
import io.latchwork.bench.stress.AsymmetricReaders;
import io.latchwork.rcu.ReaderMode;
import java.util.function.Supplier;

/** What a child runs. */
enum Subject {
    /** The locked variant with a spin lock around its base. */
    LOCKED_SPIN("locked-spin", () -> LockedRuntime.builder().baseLock(BaseLockKind.SPIN).launch()),
    /** The locked variant with a {@code ReentrantLock} around its base. */
    LOCKED_REENTRANT("locked-reentrant", () -> LockedRuntime.builder().baseLock(BaseLockKind.REENTRANT).launch()),
    /** The library. */
    LOCKFREE("lockfree", () -> AsyncRuntime.builder().launch()),
    /** The library, its readers without fences: a grace period must not wait for the processor of a suspended one. */
    LOCKFREE_ASYMMETRIC("lockfree-asymmetric", () -> AsyncRuntime.builder().asymmetricReaders(true).launch());

    private final String label;
    private final Supplier<AsyncRuntime> launcher;

    Subject(final String label, final Supplier<AsyncRuntime> launcher) {
        this.label = label;
        this.launcher = launcher;
    }

    String label() {
        return label;
    }

    /** A runtime with its threads running. */
    AsyncRuntime launch() {
        return launcher.get();
    }

    /** Whether suspending a thread must stop nobody. */
    boolean mustNotStall() {
        return this == LOCKFREE || this == LOCKFREE_ASYMMETRIC;
    }

    /** Why there is nothing to try here, or null. */
    String missing() {
        if (this != LOCKFREE_ASYMMETRIC) {
            return null;
        }
        final ReaderMode mode = AsymmetricReaders.mode();
        return mode.asymmetric() ? null : mode.reason();
    }
}
