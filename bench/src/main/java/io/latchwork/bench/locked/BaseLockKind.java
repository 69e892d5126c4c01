// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

/** Which lock guards the queue of a base of the locked variant. */
public enum BaseLockKind {
    /** Test-and-test-and-set with {@link Thread#onSpinWait()}, yielding after a while; the owner parks. */
    SPIN,
    /** A {@link java.util.concurrent.locks.ReentrantLock}; the owner waits on a condition of it. */
    REENTRANT
}
