// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/**
 * Memory order across a grace period and three threads: one reader saw how often another had gone round; after a grace
 * period a third must not see less. Checked in the callback, and once more by the reader that it is handed to.
 */
final class OrderCheck extends Callback {
    private final Run run;
    private final int watched;
    private final int verifier;
    private final long seen;

    OrderCheck(final Run run, final int watched, final int verifier) {
        this.run = run;
        this.watched = watched;
        this.verifier = verifier;
        seen = run.loops.getOpaque(watched);
    }

    @Override
    void run() {
        verify("a callback");
        run.handedOver.setRelease(verifier, this);
    }

    void verify(final String who) {
        final long now = run.loops.getOpaque(watched);
        if (now < seen) {
            run.fail("memory order: " + who + " sees " + now + " rounds of reader " + watched + ", " + seen
                + " were seen before a grace period");
        }
        run.tally.orderChecks.increment();
    }
}
