// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

import java.util.List;

/**
 * How long to probe a subject, and how.
 *
 * @param seed of what is random
 * @param seconds when to end; there is one trial at least
 * @param leastTrials not fewer
 * @param enoughStalls end when so many suspensions stalled others
 * @param holdMs how long a client is suspended
 * @param confirmMs how much longer before somebody who did nothing counts as stalled
 * @param vmOptions of the child
 * @param onTrial run after each trial
 */
record Limits(long seed, double seconds, int leastTrials, int enoughStalls, long holdMs, long confirmMs, List<String> vmOptions,
              Runnable onTrial) {
    private static final double LONGEST_HOPE_SECONDS = 60;

    /** A control that has stalled nobody yet is given more time. */
    boolean wantsMore(final Tally tally, final long passedNs) {
        if (tally.stalled() >= enoughStalls) {
            return false;
        }
        final boolean hopes = !tally.subject().mustNotStall() && tally.stalled() == 0
            && passedNs < 1e9 * Math.max(LONGEST_HOPE_SECONDS, 2 * seconds);
        return passedNs < seconds * 1e9 || tally.trials() < leastTrials || hopes;
    }
}
