// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/** A reader that stays inside until it is reported: by name, or as one of those who are only counted. */
final class StallCheck extends Worker {
    StallCheck(final Run run) {
        super(run, "read-stall");
    }

    @Override
    void round() throws InterruptedException {
        final Object token = flavour.readLock();
        boolean reported = false;
        try {
            final boolean known = flavour.isReadHeld();
            final long before = reports(known);
            flavour.startPoll(); // somebody must want a grace period, or nobody is in the way
            reported = await(() -> reports(known) > before, "no report of a reader that stalls");
        } finally {
            flavour.readUnlock(token);
        }
        if (reported) {
            tally.stalls.increment();
        }
        rest(4L * run.knobs.periodMs);
    }

    private long reports(final boolean known) {
        return known ? run.stalls.of(name()) : run.stalls.anonymous();
    }
}
