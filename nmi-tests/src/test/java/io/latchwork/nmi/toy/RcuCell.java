// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.toy;

import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuHead;
import io.latchwork.rcu.RcuSlot;

/** One object that readers look at and updaters replace; what is reclaimed is marked, and no section may see a mark. */
public final class RcuCell {

    private final Rcu rcu;
    private volatile Item current = new Item(0);
    private int order;

    public RcuCell(final Rcu rcu) {
        this.rcu = rcu;
    }

    /** What is protected. */
    public final class Item extends RcuHead {
        private final int number;
        private volatile boolean reclaimed;

        Item(final int number) {
            this.number = number;
        }

        @Override
        protected void reclaim() {
            reclaimed = true;
            order = order * 10 + number;
        }
    }

    public Rcu rcu() {
        return rcu;
    }

    public Item item(final int number) {
        return new Item(number);
    }

    /** In what order items were reclaimed, as digits. */
    public int order() {
        return order;
    }

    /** Reads in a section inside a section. Answers whether all that was seen was unreclaimed. */
    public boolean readNested() {
        final RcuSlot outer = rcu.readLock();
        final Item seen = current;
        final boolean inner = read();
        final boolean good = !seen.reclaimed;
        outer.unlock();
        return good && inner;
    }

    /** Reads in a section. Answers whether the object was not reclaimed until the end of the section. */
    public boolean read() {
        final RcuSlot slot = rcu.readLock();
        final Item seen = current;
        final boolean good = !seen.reclaimed;
        final boolean stillGood = !seen.reclaimed;
        slot.unlock();
        return good && stillGood;
    }

    /** Replaces the object and reclaims the old one if a grace period ends without waiting. */
    public boolean replaceAndReclaim(final int number) throws InterruptedException {
        final Item old = current;
        current = new Item(number);
        boolean over;
        try {
            over = rcu.synchronize(0);
        } catch (final IllegalStateException insideSection) {
            over = false;
        }
        if (over) {
            old.reclaimed = true;
        }
        return over;
    }

    /** Whether marks come and go as they should. */
    public boolean mark() {
        final boolean before = rcu.inNmi();
        rcu.nmiEnter();
        final boolean inside = rcu.inNmi();
        rcu.nmiExit();
        return inside && rcu.inNmi() == before;
    }
}
