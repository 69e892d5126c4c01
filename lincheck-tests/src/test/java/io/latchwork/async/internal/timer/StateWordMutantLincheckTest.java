// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;

/**
 * The protocol of the control block in few lines, with a place for each bug. The scenarios are those of
 * {@link StateWordLincheckTest} and {@link StoppedLincheckTest}; each bug must break one of them, and the model without a bug
 * none.
 */
public class StateWordMutantLincheckTest {
    private static final int NO_BUG = 0;
    private static final int LOOKS_BEFORE_IT_ARMS = 1;
    private static final int TAKES_OUT_SILENTLY = 2;
    private static final int RUNNING_TOO_LATE = 3;
    private static final int EXPIRY_STORES = 4;
    private static final int PENDING_CLEARED_LATE = 5;
    private static final int DESTROY_IGNORES_PENDING = 6;
    private static final int CANCEL_STORES = 7;
    private static final int START_REVIVES = 8;
    private static final int OWN_START_IGNORES_THE_STOP = 9;
    private static final int ONLY_STOPS_WHAT_IT_SEES_RUNNING = 10;
    private static final int REFUSES_EVERYBODY = 11;

    @Test
    void theModelItselfHolds() {
        LincheckSizes.holds(() -> pushOut(NO_BUG));
        LincheckSizes.holds(() -> twoStarters(NO_BUG));
        LincheckSizes.holds(() -> startEarlier(NO_BUG));
        LincheckSizes.holds(() -> cancelHolds(NO_BUG));
        LincheckSizes.holds(() -> destroyBalanced(NO_BUG));
        LincheckSizes.holds(() -> cancelIsHeard(NO_BUG));
    }

    @Test
    void mutantWhoseCallbackIgnoresTheStopIsCaught() {
        LincheckSizes.scenarioCaught(() -> cancelIsHeard(OWN_START_IGNORES_THE_STOP), "fired after it was cancelled");
    }

    /** The callback starts itself and returns, between the look at the state and the look at the runner: IDLE, but armed. */
    @Test
    void mutantThatOnlyStopsWhatItSeesRunningIsCaught() {
        LincheckSizes.scenarioCaught(() -> cancelIsHeard(ONLY_STOPS_WHAT_IT_SEES_RUNNING), "fired after it was cancelled");
    }

    @Test
    void mutantThatRefusesEverybodyIsCaught() {
        LincheckSizes.scenarioCaught(() -> cancelIsHeard(REFUSES_EVERYBODY), "refused outside of the callback");
    }

    @Test
    void mutantThatLooksAtTheQueueBeforeItArmsIsCaught() {
        LincheckSizes.scenarioCaught(() -> pushOut(LOOKS_BEFORE_IT_ARMS), "the last start must fire once");
    }

    @Test
    void mutantThatTakesTheEntryOutSilentlyIsCaught() {
        LincheckSizes.scenarioCaught(() -> pushOut(TAKES_OUT_SILENTLY), "the last start must fire once");
    }

    @Test
    void mutantThatSaysRunningTooLateIsCaught() {
        LincheckSizes.scenarioCaught(() -> cancelHolds(RUNNING_TOO_LATE), "fired after IDLE");
    }

    @Test
    void mutantWhoseExpiryStoresIsCaught() {
        LincheckSizes.scenarioCaught(() -> cancelHolds(EXPIRY_STORES), "fired after CANCELLED");
    }

    @Test
    void mutantThatClearsPendingAfterTheRunIsCaught() {
        LincheckSizes.scenarioCaught(() -> startEarlier(PENDING_CLEARED_LATE), "a start was lost");
    }

    @Test
    void mutantWhoseDestroyIgnoresAPendingRunIsCaught() {
        LincheckSizes.scenarioCaught(() -> destroyBalanced(DESTROY_IGNORES_PENDING), "references are left");
    }

    @Test
    void mutantWhoseCancelStoresIsCaught() {
        LincheckSizes.scenarioCaught(() -> cancelHolds(CANCEL_STORES), "fired after CANCELLED");
    }

    @Test
    void mutantWhoseStartRevivesIsCaught() {
        LincheckSizes.scenarioCaught(() -> destroyBalanced(START_REVIVES), "not destroyed");
    }

    // ------------------------------------------------------------------------------------------------- scenarios

    private static void pushOut(final int bug) {
        final Model model = new Model(bug);
        model.start(5);
        model.cycle(0);
        LincheckSizes.parallel(
            () -> model.start(8),
            () -> {
                model.cycle(5);
                model.cycle(6);
            });
        final long before = model.fired();
        model.settle(7);
        assertEquals(before, model.fired(), "fired early");
        model.settle(10);
        assertEquals(before + 1, model.fired(), "the last start must fire once");
        assertEquals(1, model.get(Model.REFS), "references are left");
    }

    private static void twoStarters(final int bug) {
        final Model model = new Model(bug);
        LincheckSizes.parallel(
            () -> model.start(9),
            () -> model.start(3),
            () -> {
                model.cycle(0);
                model.cycle(4);
            });
        model.settle(20);
        assertTrue(model.fired() >= 1 && Model.life(model.get(Model.STATE)) == Model.IDLE, "a start was lost");
        assertTrue(model.fired() <= 2, "fired too often");
        assertEquals(1, model.get(Model.REFS), "references are left");
    }

    private static void startEarlier(final int bug) {
        final Model model = new Model(bug);
        model.start(9);
        LincheckSizes.parallel(
            () -> model.start(3),
            () -> model.cycle(0));
        model.settle(5);
        assertEquals(1, model.fired(), "a start was lost");
        assertEquals(1, model.get(Model.REFS), "references are left");
    }

    private static void cancelHolds(final int bug) {
        final Model model = new Model(bug);
        final Model notes = new Model(bug);
        model.start(2);
        model.cycle(0);
        LincheckSizes.parallel(
            () -> {
                notes.set(Model.STATE, model.cancelAsync());
                notes.set(Model.QUEUED, model.fired());
            },
            () -> {
                model.cycle(5);
                model.cycle(5);
            });
        model.settle(9);
        final long status = notes.get(Model.STATE);
        if (status == Model.CANCELLED) {
            assertEquals(0, model.fired(), "fired after CANCELLED");
        } else {
            assertEquals(1, model.fired(), "neither cancelled nor fired");
            assertTrue(status == Model.RUNNING || notes.get(Model.QUEUED) == 1, "fired after IDLE");
        }
    }

    private static void cancelIsHeard(final int bug) {
        final Model model = new Model(bug);
        model.startsItselfFor(10);
        model.start(2);
        model.cycle(0);
        LincheckSizes.parallel(
            model::cancelAsync,
            () -> model.cycle(5));
        final long before = model.fired();
        model.settle(20);
        assertEquals(before, model.fired(), "fired after it was cancelled");
        model.startsItselfFor(Model.NONE);
        assertTrue(model.start(30), "refused outside of the callback");
        model.settle(30);
        assertEquals(before + 1, model.fired(), "a start was lost");
        assertEquals(1, model.get(Model.REFS), "references are left");
    }

    private static void destroyBalanced(final int bug) {
        final Model model = new Model(bug);
        LincheckSizes.parallel(
            () -> {
                model.start(5);
                model.start(3);
            },
            model::destroy,
            () -> {
                model.cycle(0);
                model.cycle(4);
            });
        final long before = model.fired();
        model.settle(30);
        assertEquals(Model.DESTROYED, Model.life(model.get(Model.STATE)), "not destroyed");
        assertEquals(before, model.fired(), "fired after destroy");
        assertEquals(0, model.get(Model.REFS), "references are left");
    }

    // ----------------------------------------------------------------------------------------------------- model

    /** One block and its base. The state word is deadline &lt;&lt; 2 | life; STOPPED is an idle one with a number. */
    private static final class Model {
        static final int STATE = 0;
        static final int QUEUED = 1;
        static final int FLAGS = 2;
        static final int LISTED = 3;
        static final int REFS = 4;
        static final int RUN = 5;
        static final int FIRED = 6;
        static final long IDLE = 0;
        static final long ARMED = 1;
        static final long DESTROY = 2;
        static final long DESTROYED = 3;
        static final long STOPPED = 4;
        static final long NOTHING = 0;
        static final long CANCELLED = 1;
        static final long RUNNING = 2;
        static final long GONE = 3;

        private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
        static final long NONE = Long.MAX_VALUE;
        private static final int CYCLES = 4;

        private final long[] cells = {IDLE, NONE, 0, 0, 1, 0, 0};
        private final int bug;
        private long heap = NONE; // the owner's alone
        private long ownStart = NONE; // the owner's alone

        Model(final int bug) {
            this.bug = bug;
        }

        static long life(final long state) {
            return state & 3;
        }

        long get(final int at) {
            return (long) CELL.getVolatile(cells, at);
        }

        void set(final int at, final long v) {
            CELL.setVolatile(cells, at, v);
        }

        private boolean cas(final int at, final long from, final long to) {
            return CELL.compareAndSet(cells, at, from, to);
        }

        private void put() {
            CELL.getAndAdd(cells, REFS, -1L);
        }

        private boolean tryGet() {
            for (;;) {
                final long seen = get(REFS);
                if (seen == 0 || cas(REFS, seen, seen + 1)) {
                    return seen != 0;
                }
            }
        }

        private boolean queue() {
            final boolean claimed = (long) CELL.getAndSet(cells, FLAGS, 1L) == 0;
            if (claimed) {
                set(LISTED, 1);
            }
            return claimed;
        }

        /** The callback will start the timer once; not at all if that is NONE. */
        void startsItselfFor(final long deadline) {
            ownStart = deadline;
        }

        boolean start(final long deadline) {
            return start(deadline, false);
        }

        private boolean isRefused(final long seen, final boolean own) {
            return life(seen) >= DESTROY
                || seen == STOPPED && (own ? bug != OWN_START_IGNORES_THE_STOP : bug == REFUSES_EVERYBODY);
        }

        private boolean start(final long deadline, final boolean own) {
            final long early = bug == LOOKS_BEFORE_IT_ARMS ? get(QUEUED) : NONE;
            for (;;) {
                final long seen = get(STATE);
                if (isRefused(seen, own)) {
                    return false;
                }
                if (bug == START_REVIVES) {
                    set(STATE, deadline << 2 | ARMED);
                    break;
                }
                if (cas(STATE, seen, deadline << 2 | ARMED)) {
                    break;
                }
            }
            if (deadline < (bug == LOOKS_BEFORE_IT_ARMS ? early : get(QUEUED)) && tryGet() && !queue()) {
                put();
            }
            return true;
        }

        long cancelAsync() {
            for (;;) {
                final long seen = get(STATE);
                if (life(seen) >= DESTROY) {
                    return GONE;
                }
                final boolean armed = life(seen) == ARMED;
                if (seen == STOPPED || !armed && bug == ONLY_STOPS_WHAT_IT_SEES_RUNNING && get(RUN) == 0) {
                    return runningOrNothing();
                }
                if (bug == CANCEL_STORES) {
                    set(STATE, STOPPED);
                    return armed ? CANCELLED : runningOrNothing();
                }
                if (cas(STATE, seen, STOPPED)) {
                    return armed ? CANCELLED : runningOrNothing();
                }
            }
        }

        private long runningOrNothing() {
            return get(RUN) != 0 ? RUNNING : NOTHING;
        }

        void destroy() {
            set(STATE, DESTROY);
            if (!queue() && bug != DESTROY_IGNORES_PENDING) {
                put();
            }
        }

        void cycle(final long now) {
            if ((long) CELL.getAndSet(cells, LISTED, 0L) == 1) {
                if (bug != PENDING_CLEARED_LATE) {
                    CELL.getAndSet(cells, FLAGS, 0L);
                }
                look(now);
                if (bug == PENDING_CLEARED_LATE) {
                    CELL.getAndSet(cells, FLAGS, 0L);
                }
                put();
            }
            if (heap <= now) {
                remove();
                settleState(now);
            }
        }

        private void look(final long now) {
            if (get(STATE) != DESTROY) {
                settleState(now);
            } else if (cas(STATE, DESTROY, DESTROYED) && heap != NONE) {
                remove();
            }
        }

        private void remove() {
            heap = NONE;
            if (bug != TAKES_OUT_SILENTLY) {
                set(QUEUED, NONE);
            }
        }

        /** Makes the queue agree with the state, and fires what is due. */
        private void settleState(final long now) {
            for (;;) {
                final long seen = get(STATE);
                final long deadline = seen >>> 2;
                if (life(seen) != ARMED) {
                    return;
                }
                if (deadline > now) {
                    if (deadline >= get(QUEUED)) {
                        return;
                    }
                    heap = deadline;
                    set(QUEUED, deadline);
                } else {
                    if (heap != NONE) {
                        remove();
                    }
                    expire(seen);
                }
            }
        }

        private void expire(final long seen) {
            if (bug == RUNNING_TOO_LATE) {
                if (!cas(STATE, seen, IDLE)) {
                    return;
                }
                set(RUN, 1);
            } else {
                set(RUN, 1);
                if (bug == EXPIRY_STORES) {
                    set(STATE, IDLE);
                } else if (!cas(STATE, seen, IDLE)) {
                    set(RUN, 0);
                    return;
                }
            }
            CELL.getAndAdd(cells, FIRED, 1L);
            if (ownStart != NONE) {
                final long deadline = ownStart;
                ownStart = NONE;
                start(deadline, true);
            }
            set(RUN, 0);
        }

        void settle(final long now) {
            for (int i = 0; i < CYCLES; i++) {
                cycle(now);
            }
        }

        long fired() {
            return get(FIRED);
        }
    }
}
