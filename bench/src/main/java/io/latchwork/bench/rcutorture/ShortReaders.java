// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.ArrayList;
import java.util.List;

/** Bursts of threads that read a few times and end. */
final class ShortReaders extends Worker {
    private static final int BURST = 16;
    private static final int READS = 4;

    ShortReaders(final Run run) {
        super(run, "read-exit");
    }

    @Override
    void round() throws InterruptedException {
        final List<Thread> burst = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            final ReadSection section = new ReadSection(run, random.split(), null, false);
            final String reader = name() + "-" + i;
            burst.add(Threads.make(i % 2 == 1, reader, run.guarded(reader, () -> {
                for (int k = 0; k < READS; k++) {
                    section.read();
                }
            })));
        }
        burst.forEach(Thread::start);
        for (final Thread thread : burst) {
            thread.join();
        }
        tally.shortReaders.add(BURST);
        rest(run.knobs.periodMs / 5);
    }
}
