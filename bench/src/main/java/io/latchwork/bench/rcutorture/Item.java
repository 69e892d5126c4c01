// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/**
 * What the writer publishes and the readers read. Type-stable: it is used again, in another life, so that a reader that
 * held on to it too long sees that.
 *
 * <p>The age is the verdict and is read in a race on purpose; the contents are plain fields, ordered by the publication
 * before and the grace period after.
 */
final class Item extends Callback {
    /** Age at which an item goes back to the pool. */
    static final int OLD = 10;

    private final Pipeline pipeline;
    private volatile int age = OLD;
    private boolean live;
    private long life;
    private long check;

    Item(final Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** 0 while it is published, 1 when it was replaced, one more for each grace period since. */
    int age() {
        return age;
    }

    long life() {
        return life;
    }

    /** Whether the contents are those of the given life. */
    boolean isIntact(final long expected) {
        return live && life == expected && check == ~expected;
    }

    /** Before it is published. */
    void begin(final long newLife) {
        age = 0;
        life = newLife;
        check = ~newLife;
        live = true;
    }

    /** Replaced, or a grace period older. True if it is old. One thread at a time. */
    boolean grow() {
        final int now = age + 1;
        age = now;
        return now >= OLD;
    }

    /** Nobody can be reading it any more. */
    void poison() {
        live = false;
        life = -1;
        check = 0;
    }

    @Override
    void run() {
        pipeline.growOrQueue(this);
    }
}
