// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that end inside a section. Readers with a slot must be found dead and let go; those that are only counted
 * leave the section first, since nobody could know of them.
 */
final class DyingReaders extends Worker {
    private static final int MAX_LEVELS = 3;

    private boolean virtual;

    DyingReaders(final Run run) {
        super(run, "read-die");
    }

    @Override
    void round() throws InterruptedException {
        virtual = !virtual;
        // more than one level only where all of them are on one slot for certain
        final int levels = !virtual && run.scenario == Scenario.ROOMY ? 1 + random.nextInt(MAX_LEVELS) : 1;
        final AtomicInteger open = new AtomicInteger();
        final ReadSection section = new ReadSection(run, random.split(), null, false);
        final Thread thread = Threads.make(virtual, name() + "-inside", run.guarded(name(), () -> {
            section.read();
            for (int i = 0; i < levels; i++) {
                open.addAndGet(openForGood());
            }
        }));
        thread.start();
        thread.join();
        if (open.get() != 0) {
            tally.deaths.increment();
            tally.deadLevels.add(open.get());
            if (!flavour.synchronize(run.hangNs())) {
                run.fail("a grace period waits for a dead reader");
            }
        }
        rest(run.knobs.periodMs / 10);
    }

    /** Opens a level; closes it if nobody could know whose it is. Levels left open. */
    private int openForGood() {
        final Object token = flavour.readLock();
        if (flavour.isReadHeld()) {
            return 1;
        }
        flavour.readUnlock(token);
        return 0;
    }
}
