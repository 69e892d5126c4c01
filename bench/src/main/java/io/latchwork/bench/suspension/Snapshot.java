// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

/**
 * What a child had done when it was looked at.
 *
 * @param calls by client
 * @param fired timers of the train
 * @param late those of them that came late
 */
record Snapshot(long[] calls, long fired, long late) {
    /** Calls of all clients but one since an earlier look. */
    long callsSince(final Snapshot before, final int suspended) {
        long sum = 0;
        for (int i = 0; i < calls.length; i++) {
            sum += i == suspended ? 0 : calls[i] - before.calls[i];
        }
        return sum;
    }

    /** Who has not got on since an earlier look; "" if all have. */
    String stuckSince(final Snapshot before, final int suspended) {
        final StringBuilder stuck = new StringBuilder();
        for (int i = 0; i < calls.length; i++) {
            if (i != suspended && calls[i] == before.calls[i]) {
                stuck.append(' ').append(Child.CLIENT).append(i);
            }
        }
        if (fired == before.fired) {
            stuck.append(" timers");
        }
        return stuck.toString().strip();
    }
}
