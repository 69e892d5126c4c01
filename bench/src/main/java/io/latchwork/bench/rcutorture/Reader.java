// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/** A thread that reads: a platform one, whose calls are interrupted now and then, or a virtual one. */
final class Reader extends Worker {
    private final int number;
    private final boolean virtual;
    private ReadSection section;

    Reader(final Run run, final int number, final boolean virtual) {
        super(run, (virtual ? "virtual-reader-" : "reader-") + number);
        this.number = number;
        this.virtual = virtual;
    }

    @Override
    Thread newThread(final Runnable task) {
        if (virtual) {
            section = new ReadSection(run, random, null, false);
            return Threads.make(true, name(), task);
        }
        final HookedThread thread = new HookedThread(name(), task);
        section = new ReadSection(run, random, new Interruptions(run, thread, random), run.scenario == Scenario.ROOMY);
        return thread;
    }

    @Override
    void round() {
        section.read();
        run.loops.setOpaque(number, run.loops.getOpaque(number) + 1);
        final OrderCheck check = run.handedOver.getAcquire(number);
        if (check != null) {
            run.handedOver.setOpaque(number, null);
            check.verify(name());
        }
        if (virtual || random.nextInt(64) == 0) {
            Thread.yield(); // a virtual thread that did not would keep its carrier for itself
        }
    }
}
