// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

/** What callback a thread is running. One for each thread; bases are its only writers. */
final class CallbackContext {
    private static final ThreadLocal<CallbackContext> OF_THREAD = ThreadLocal.withInitial(CallbackContext::new);

    /** The block whose callback this thread runs, or null. */
    TimerBlock<?, ?> current;
    /** The base that runs it, or null. */
    LockedBase base;

    static CallbackContext ofThread() {
        return OF_THREAD.get();
    }
}
