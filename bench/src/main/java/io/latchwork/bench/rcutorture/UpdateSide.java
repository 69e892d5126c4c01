// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Every way to let a grace period pass, with the checks of cookies around it. Used by one thread. */
final class UpdateSide {
    private static final UpdateKind[] KINDS = UpdateKind.values();
    private static final int REMEMBERED = 16;
    private static final int LONGEST_PAUSE_NS = 500_000;

    private final Run run;
    private final Flavour flavour;
    private final SplittableRandom random;
    private final long[] done = new long[REMEMBERED];
    private int doneCount;

    UpdateSide(final Run run, final SplittableRandom random) {
        this.run = run;
        this.flavour = run.flavour;
        this.random = random;
    }

    UpdateKind choose() {
        return KINDS[random.nextInt(KINDS.length)];
    }

    /** Has a callback run after a grace period. */
    void post(final UpdateKind kind, final Callback callback) throws InterruptedException {
        switch (kind) {
            case CALL -> flavour.callRcu(callback);
            case TRY_CALL -> {
                if (!flavour.tryCallRcu(callback)) {
                    run.tally.refused.increment();
                    flavour.callRcu(callback);
                }
            }
            case CALL_THROTTLED -> flavour.callRcuThrottled(callback);
            default -> throw new AssertionError(kind);
        }
        run.tally.used(kind);
    }

    /** Waits for a grace period; false if the run ended first. */
    boolean await(final UpdateKind kind) throws InterruptedException {
        final boolean polls = kind == UpdateKind.COND || kind == UpdateKind.POLL;
        final boolean hasCookie = polls || random.nextBoolean(); // else nobody asks for the grace period but the wait itself
        final long cookie = hasCookie ? flavour.startPoll() : 0;
        if (!pass(kind, cookie)) {
            return false;
        }
        run.tally.used(kind);
        if (hasCookie) {
            if (!flavour.poll(cookie)) {
                run.fail("cookie " + cookie + " was made before " + kind + " and is not done after it");
            }
            done[doneCount++ % REMEMBERED] = cookie;
        }
        recheck();
        return true;
    }

    private boolean pass(final UpdateKind kind, final long cookie) throws InterruptedException {
        switch (kind) {
            case SYNC -> flavour.synchronize();
            case SYNC_TIMED -> {
                while (!flavour.synchronize(random.nextInt(20_000_000))) {
                    if (run.isStopping()) {
                        return false;
                    }
                }
            }
            case SYNC_EXPEDITED -> flavour.synchronizeExpedited();
            case COND -> {
                pause();
                flavour.condSynchronize(cookie);
            }
            case POLL -> {
                while (!flavour.poll(cookie)) {
                    if (run.isStopping()) {
                        return false;
                    }
                    pause();
                }
            }
            default -> throw new AssertionError(kind);
        }
        return true;
    }

    private void pause() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        LockSupport.parkNanos(this, random.nextInt(LONGEST_PAUSE_NS));
    }

    /** A cookie that was done stays so. */
    private void recheck() {
        if (doneCount == 0) {
            return;
        }
        final long cookie = done[random.nextInt(Math.min(doneCount, REMEMBERED))];
        if (!flavour.poll(cookie)) {
            run.fail("cookie " + cookie + " was done and is not done any more");
        }
        run.tally.outsideCookies.increment();
    }

    /** Something to be called back that checks the cookie made before it was queued. */
    Callback newCheck() {
        return new CookieCheck(run, flavour.startPoll());
    }

    private static final class CookieCheck extends Callback {
        private final Run run;
        private final long cookie;

        CookieCheck(final Run run, final long cookie) {
            this.run = run;
            this.cookie = cookie;
        }

        @Override
        void run() {
            if (!run.flavour.poll(cookie)) {
                run.fail("cookie " + cookie + " was made before a callback was queued and is not done when it runs");
            }
            run.tally.outsideCookies.increment();
        }
    }
}
