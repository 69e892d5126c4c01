// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

/**
 * Learns by how much timed parks overshoot, which is the kernel's timer slack and the time that a halted processor takes to
 * wake, and rations the spinning that makes up for it.
 *
 * <p>What is learned is a high percentile of the last thousand samples, or so: it rises by half of what a sample is above
 * it, and falls by a 1024th of what a sample is below. A sample counts for the cap at most, so that a machine that stood
 * still for once teaches little. Spinning is paid from a credit, which grows by a share of the time that passes.
 *
 * <p>The worker's alone.
 */
final class TimerSlack {

    static final long MAX_CAP_NS = 1_000_000;

    private static final int RISE_SHIFT = 1;
    private static final int FALL_SHIFT = 10;
    /** How many spins of the longest kind the credit is good for, when nothing was spent for a while. */
    private static final int SAVED_SPINS = 64;
    private static final int PERCENT = 100;

    private final long capNs;
    private final int percent;
    private final long maxCreditNs;
    private long slackNs;
    private long creditNs;
    private long countedAt;

    /**
     * Nothing is learned yet, and the credit is full.
     *
     * @param capNs the longest spin in nanoseconds, 0 to {@link #MAX_CAP_NS}; 0 learns nothing
     * @param percent the share of the time that may be spent spinning, 0 to 100
     */
    TimerSlack(final long capNs, final int percent) {
        if (capNs < 0 || capNs > MAX_CAP_NS || percent < 0 || percent > PERCENT) {
            throw new IllegalArgumentException("spin at most " + capNs + " ns, " + percent + " percent");
        }
        this.capNs = percent == 0 ? 0 : capNs;
        this.percent = percent;
        this.maxCreditNs = SAVED_SPINS * this.capNs;
        this.creditNs = maxCreditNs;
    }

    boolean isOff() {
        return capNs == 0;
    }

    /** By how much to park shorter now: what was learned, or 0 if the credit does not reach for it. */
    long earlyNs(final long now) {
        if (slackNs == 0) {
            return 0;
        }
        final long passed = now - countedAt;
        countedAt = now;
        if (passed > maxCreditNs * PERCENT / percent) {
            creditNs = maxCreditNs;
        } else if (passed > 0) {
            creditNs = Math.min(maxCreditNs, creditNs + passed * percent / PERCENT);
        }
        return creditNs >= slackNs ? slackNs : 0;
    }

    /** A park lasted so much longer than it should have; below 0 it was cut short, which teaches nothing. */
    void overslept(final long ns) {
        if (ns < 0) {
            return;
        }
        final long sample = Math.min(ns, capNs);
        if (slackNs == 0) {
            slackNs = sample;
        } else if (sample > slackNs) {
            slackNs += sample - slackNs + (1 << RISE_SHIFT) - 1 >> RISE_SHIFT;
        } else {
            slackNs -= slackNs - sample >> FALL_SHIFT;
        }
    }

    /** So much of the credit was used. */
    void spun(final long ns) {
        creditNs -= Math.min(Math.max(ns, 0), maxCreditNs);
    }

    /** What was learned is of no use: the clock is not one that goes by itself. */
    void forget() {
        slackNs = 0;
    }
}
