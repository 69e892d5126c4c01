// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.memory;

import java.util.concurrent.TimeUnit;

/** A while in which the threads of a service deal with what was handed to them. */
final class Settling {
    private static final long MILLIS = 1_000;

    private Settling() {
    }

    static void await() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(MILLIS);
    }
}
