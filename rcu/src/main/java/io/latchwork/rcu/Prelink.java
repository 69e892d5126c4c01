// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/**
 * Runs every call site of the non-blocking calls once per JVM, before the first domain is handed out. The first execution of a
 * VarHandle or method handle call site links it, and the first use of a class name resolves it: both allocate and run library code, which
 * must not happen inside a reader or in a call that has interrupted one.
 *
 * <p>One thing is out of reach: when a call site is first run in compiled code the VM may link it anew, once.
 */
final class Prelink {
    /** Enough calls for a method handle to be specialised to its target, which allocates too. */
    private static final int ROUNDS = 300;

    private static final boolean DONE = run();

    private Prelink() {
    }

    /** Returns when everything is linked. */
    static void ensure() {
        if (!DONE) {
            throw new AssertionError("not linked");
        }
    }

    private static final class Head extends RcuHead {
        @Override
        protected void reclaim() {
        }
    }

    private static boolean run() {
        final Thread self = Thread.currentThread();
        for (int i = 0; i < ROUNDS; i++) {
            VirtualThreads.isVirtual(self);
        }
        for (int owned = 0; owned <= 2; owned += 2) {
            for (int leased = 0; leased <= 2; leased += 2) {
                final Rcu scratch = Rcu.create(Rcu.builder().ownedSlots(owned).leasedSlots(leased).manual().backlogHigh(1)
                    .backlogMax(2), GracePeriod::new);
                if (owned != 0) {
                    // directly, so that it is linked when a virtual thread builds the first domain
                    final RcuSlot slot = scratch.tables().slots().findOrClaim(self, (int) self.getId());
                    for (final boolean asymmetric : new boolean[] {false, true}) {
                        slot.enterOwned(scratch.tables().epochs(), asymmetric);
                        slot.unlock();
                    }
                    slot.addMarks(1);
                    slot.addMarks(-1);
                }
                exercise(scratch);
            }
        }
        final ReclaimerThread unstarted = new ReclaimerThread(null, null, 0, 0, null);
        unstarted.wakeSleeper(1);
        unstarted.hurry();
        return true;
    }

    private static void exercise(final Rcu rcu) {
        final RcuSlot outer = rcu.readLock();
        final RcuSlot inner = rcu.readLock();
        rcu.isReadHeld();
        inner.unlock();
        outer.unlock();
        for (int i = 0; i < 2; i++) {
            rcu.nmiEnter();
        }
        for (int i = 0; i < 2; i++) {
            rcu.inNmi();
            rcu.nmiExit();
        }
        rcu.inNmi();
        for (int i = 0; i < 3; i++) {
            rcu.tryCallRcu(new Head()); // below and above the high mark, then refused
        }
        final long cookie = rcu.startPoll();
        rcu.reclaim();
        rcu.poll(cookie);
        rcu.close();
        final RcuHead refused = new Head();
        if (refused.claim()) {
            refused.unclaim();
        }
    }
}
