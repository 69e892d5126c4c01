// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One read section after another: each a chain of segments, with the checks at its end. Used by one thread.
 *
 * <p>What was read is protected by the token under which it was read, and no longer than that. On an owned slot all
 * tokens of a thread are levels of one section, so there the first item is good to the end of the chain; elsewhere the
 * checks are made whenever a token is about to be given back, and the next one reads anew.
 */
final class ReadSection {
    private static final int MAX_SEGMENTS = 10;
    private static final int MAX_LEVELS = 5;
    /** One section in so many counts the grace periods that pass. */
    private static final int COUNTING = 8;

    private final Run run;
    private final Flavour flavour;
    private final SplittableRandom random;
    private final Interruptions interruptions;
    private final boolean merges;
    private final int rarity;
    private final Segment[] trace = new Segment[MAX_SEGMENTS];
    private final Object[] levels = new Object[MAX_LEVELS];
    private int segments;
    private long delayNs;
    private Object held;
    private Item item;
    private long life;
    private boolean spoiledAtOnce;
    private long gracePeriodsBefore;
    private boolean hasCookie;
    private long cookie;

    /**
     * Makes the sections of one thread.
     *
     * @param interruptions how calls of this thread are interrupted; null if they are not
     * @param merges whether all sections of this thread are on one owned slot
     */
    ReadSection(final Run run, final SplittableRandom random, final Interruptions interruptions, final boolean merges) {
        this.merges = merges;
        this.run = run;
        this.flavour = run.flavour;
        this.random = random;
        this.interruptions = interruptions;
        rarity = run.knobs.allReaders();
    }

    void read() {
        held = lock();
        try {
            chain();
        } finally {
            flavour.readUnlock(held);
            held = null;
        }
        run.tally.reads.increment();
    }

    private Object lock() {
        if (interruptions != null) {
            interruptions.perhapsArm();
        }
        return flavour.readLock();
    }

    private void chain() {
        delayNs = 0;
        segments = 0;
        final int length = Math.max(random.nextInt(MAX_SEGMENTS + 1), random.nextInt(MAX_SEGMENTS + 1));
        find();
        while (segments < length) {
            final Segment segment = Segment.choose(random);
            trace[segments++] = segment;
            go(segment);
        }
        perhapsDelay();
        check();
    }

    /** Begins to read, under the token that is held. */
    private void find() {
        gracePeriodsBefore = -1;
        if (random.nextInt(COUNTING) == 0) {
            VarHandle.fullFence(); // counted inside the section, on any processor
            gracePeriodsBefore = flavour.gracePeriods();
        }
        item = run.pipeline.current();
        life = item.life();
        spoiledAtOnce = !item.isIntact(life);
        hasCookie = false;
    }

    /** The next protection is taken before the last one is dropped. */
    private void exchange() {
        final Object next = lock();
        if (!merges) {
            check();
        }
        flavour.readUnlock(held);
        held = next;
        if (!merges) {
            find();
        }
    }

    private void go(final Segment segment) {
        switch (segment) {
            case EXCHANGE -> exchange();
            case NEST -> nest(false);
            case CROSSED -> nest(true);
            case NMI -> {
                flavour.nmiEnter();
                flavour.readUnlock(lock());
                flavour.nmiExit();
            }
            case CALL -> call();
            case COOKIE -> {
                if (!hasCookie) {
                    cookie = flavour.startPoll();
                    hasCookie = true;
                }
            }
            case SPIN -> spin(random.nextInt(20_000));
            case YIELD -> Thread.yield();
            default -> throw new AssertionError(segment);
        }
    }

    private void nest(final boolean crossed) {
        final int n = 1 + random.nextInt(MAX_LEVELS);
        for (int i = 0; i < n; i++) {
            levels[i] = lock();
        }
        for (int i = 0; i < n; i++) {
            flavour.readUnlock(levels[crossed ? i : n - 1 - i]);
        }
    }

    private void call() {
        final int all = run.loops.length();
        final OrderCheck check = new OrderCheck(run, random.nextInt(all), random.nextInt(all));
        if (interruptions != null) {
            interruptions.perhapsArm();
        }
        flavour.callRcu(check);
    }

    private void perhapsDelay() {
        if (random.nextInt(100 * rarity) == 0) {
            spin(200_000);
        }
        if (random.nextInt(2000 * rarity) == 0) {
            final long began = System.nanoTime();
            LockSupport.parkNanos(this, 5_000_000);
            delayNs += System.nanoTime() - began;
        }
    }

    private void spin(final long ns) {
        final long began = System.nanoTime();
        long passed;
        do {
            Thread.onSpinWait();
            passed = System.nanoTime() - began;
        } while (passed < ns);
        delayNs += passed;
    }

    /** What is to be checked before the token is given back under which it was read. */
    private void check() {
        if (gracePeriodsBefore >= 0) {
            final long elapsed = flavour.gracePeriods() - gracePeriodsBefore;
            run.tally.elapsed(elapsed);
            if (elapsed >= 2) {
                fail(elapsed + " grace periods ended in one section, the last of them too early");
            }
        }
        final int age = item.age();
        run.tally.age(age);
        if (age >= 2) {
            fail("age " + age + " at the end of a section: a grace period did not wait for it");
        }
        if (spoiledAtOnce || !item.isIntact(life)) {
            run.tally.spoiled.increment();
            fail("an item was spoiled when it was " + (spoiledAtOnce ? "found" : "read") + ", age " + age);
        }
        if (hasCookie) {
            run.tally.insideCookies.increment();
            if (flavour.poll(cookie)) {
                fail("cookie " + cookie + " was made in a section and done before its end");
            }
        }
    }

    private void fail(final String why) {
        run.fail("reader " + Thread.currentThread().getName() + ": " + why + "; segments "
            + Arrays.toString(Arrays.copyOf(trace, segments)) + ", delays " + delayNs + " ns");
    }
}
