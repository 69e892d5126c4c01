// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.util.SplittableRandom;

/** The interrupt context of one thread: what runs in the middle of a call of the library, up to two deep. */
final class Interruptions {
    /** One call in so many is interrupted. */
    private static final int RARITY = 32;
    private static final int DEEPEST = 2;

    private final Run run;
    private final HookedThread thread;
    private final SplittableRandom random;
    private int depth;

    Interruptions(final Run run, final HookedThread thread, final SplittableRandom random) {
        this.run = run;
        this.thread = thread;
        this.random = random;
    }

    /** Called right before a call that may be interrupted. */
    void perhapsArm() {
        if (random.nextInt(RARITY) == 0) {
            thread.arm(this::interrupt);
        }
    }

    private void interrupt() {
        depth++;
        final Flavour flavour = run.flavour;
        flavour.nmiEnter();
        if (depth < DEEPEST && random.nextInt(4) == 0) {
            thread.arm(this::interrupt);
        }
        final Object token = flavour.readLock();
        final Item item = run.pipeline.current();
        final long life = item.life();
        if (random.nextInt(16) == 0) {
            flavour.callRcu(new OrderCheck(run, random.nextInt(run.loops.length()), random.nextInt(run.loops.length())));
        }
        final int age = item.age();
        if (age >= 2 || !item.isIntact(life)) {
            run.fail("in an interrupt of " + thread.getName() + ": an item of age " + age + ", intact " + item.isIntact(life));
        }
        flavour.readUnlock(token);
        flavour.nmiExit();
        run.tally.interruptions.increment();
        depth--;
    }
}
