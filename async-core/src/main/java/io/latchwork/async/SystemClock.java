// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/** Placeholder. */
final class SystemClock implements AsyncClock {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
