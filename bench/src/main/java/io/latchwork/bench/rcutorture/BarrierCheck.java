// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Some threads queue a callback each; after a barrier exactly so many have run. */
final class BarrierCheck extends Worker {
    private static final int POSTERS = 4;

    BarrierCheck(final Run run) {
        super(run, "barrier");
    }

    @Override
    void round() throws InterruptedException {
        final AtomicInteger ran = new AtomicInteger();
        final List<Thread> posters = new ArrayList<>();
        for (int i = 0; i < POSTERS; i++) {
            final int poster = i;
            posters.add(Threads.make(i == 1, name() + "-poster-" + i, run.guarded(name(), () -> post(poster, ran))));
        }
        posters.forEach(Thread::start);
        for (final Thread thread : posters) {
            thread.join();
        }
        flavour.barrier();
        final int count = ran.get();
        tally.barriers.increment();
        if (count != POSTERS) {
            tally.barrierErrors.increment();
            run.fail("barrier: " + count + " of " + POSTERS + " callbacks had run when it returned");
        }
        rest(run.knobs.periodMs / 10);
    }

    /** From a thread, from a virtual one, from a section, from an interrupt. */
    private void post(final int poster, final AtomicInteger ran) {
        final Callback callback = new Callback() {
            @Override
            void run() {
                ran.incrementAndGet();
            }
        };
        switch (poster) {
            case 2 -> {
                final Object token = flavour.readLock();
                flavour.callRcu(callback);
                flavour.readUnlock(token);
            }
            case 3 -> {
                flavour.nmiEnter();
                flavour.callRcu(callback);
                flavour.nmiExit();
            }
            default -> flavour.callRcu(callback);
        }
    }
}
