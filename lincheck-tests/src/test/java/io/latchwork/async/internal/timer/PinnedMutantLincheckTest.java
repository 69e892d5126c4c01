// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;

/**
 * How a block moves from one base to the other, in few lines, with a place for each bug. The scenarios are those of
 * {@link PinnedLincheckTest}; each bug must break one of them, and the model without a bug none.
 */
public class PinnedMutantLincheckTest {
    private static final int NO_BUG = 0;
    private static final int SAYS_WHERE_AFTER_ARMING = 1;
    private static final int MOVES_SILENTLY = 2;
    private static final int WRONG_BASE_DROPS = 3;
    private static final int SURFACES_WITHOUT_A_LOOK_AT_THE_TARGET = 4;
    private static final String ON_THE_OLD_BASE = "fired on the old base";
    private static final String LOST = "must fire once, on the new base";

    @Test
    void theModelItselfHolds() {
        LincheckSizes.holds(() -> pinned(NO_BUG, 5));
        LincheckSizes.holds(() -> pinned(NO_BUG, 12));
        LincheckSizes.holds(() -> dueAtOnce(NO_BUG));
        LincheckSizes.holds(() -> plainStartMeanwhile(NO_BUG));
    }

    @Test
    void mutantThatSaysWhereAfterItArmedIsCaught() {
        LincheckSizes.scenarioCaught(() -> dueAtOnce(SAYS_WHERE_AFTER_ARMING), ON_THE_OLD_BASE);
    }

    @Test
    void mutantThatMovesSilentlyIsCaught() {
        LincheckSizes.scenarioCaught(() -> pinned(MOVES_SILENTLY, 5), LOST);
    }

    @Test
    void mutantWhoseWrongBaseDropsWhatItIsGivenIsCaught() {
        LincheckSizes.scenarioCaught(() -> plainStartMeanwhile(WRONG_BASE_DROPS), LOST);
    }

    @Test
    void mutantThatSurfacesWithoutALookAtTheTargetIsCaught() {
        LincheckSizes.scenarioCaught(() -> dueAtOnce(SURFACES_WITHOUT_A_LOOK_AT_THE_TARGET), ON_THE_OLD_BASE);
    }

    // ------------------------------------------------------------------------------------------------- scenarios

    private static void pinned(final int bug, final long deadline) {
        final Model model = new Model(bug);
        model.start(9);
        model.cycle(0, 0);
        LincheckSizes.parallel(
            () -> model.pin(deadline),
            () -> model.cycle(0, 0),
            () -> model.cycle(1, 0));
        model.settle(deadline < 9 ? deadline - 1 : 8);
        assertEquals(0, model.get(Model.FIRED) + model.get(Model.FIRED + 1), "fired early");
        model.settle(deadline);
        assertEquals(0, model.get(Model.FIRED), ON_THE_OLD_BASE);
        assertEquals(1, model.get(Model.FIRED + 1), LOST);
    }

    private static void dueAtOnce(final int bug) {
        final Model model = new Model(bug);
        model.start(3);
        model.cycle(0, 0);
        model.start(9); // the entry stays where it is
        LincheckSizes.parallel(
            () -> model.pin(4),
            () -> model.cycle(0, 5),
            () -> model.cycle(1, 5));
        model.settle(5);
        assertEquals(0, model.get(Model.FIRED), ON_THE_OLD_BASE);
        assertEquals(1, model.get(Model.FIRED + 1), LOST);
    }

    private static void plainStartMeanwhile(final int bug) {
        final Model model = new Model(bug);
        model.start(9);
        model.cycle(0, 0);
        model.pin(8);
        LincheckSizes.parallel(
            () -> model.start(4),
            () -> {
                model.cycle(0, 0);
                model.cycle(0, 0);
            },
            () -> model.cycle(1, 0));
        model.settle(4);
        assertEquals(0, model.get(Model.FIRED), ON_THE_OLD_BASE);
        assertEquals(1, model.get(Model.FIRED + 1), LOST);
    }

    // ----------------------------------------------------------------------------------------------------- model

    /** One block and two bases. The state is the deadline, or 0; a base's heap has one place. */
    private static final class Model {
        static final int STATE = 0;
        static final int BASE = 1;
        static final int TARGET = 2;
        static final int QUEUED = 3;
        static final int PENDING = 4;
        static final int LISTED = 5;
        static final int FIRED = 7;

        private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
        private static final long NONE = Long.MAX_VALUE;
        private static final int ROUNDS = 4;

        private final long[] cells = {0, 0, 0, NONE, 0, 0, 0, 0, 0};
        private final long[] heap = {NONE, NONE}; // each its owner's alone
        private final int bug;

        Model(final int bug) {
            this.bug = bug;
        }

        long get(final int at) {
            return (long) CELL.getVolatile(cells, at);
        }

        private void set(final int at, final long v) {
            CELL.setVolatile(cells, at, v);
        }

        void start(final long deadline) {
            arm(deadline);
        }

        /** A start that wants base 1. */
        void pin(final long deadline) {
            final boolean moves = get(BASE) != 1;
            if (bug != SAYS_WHERE_AFTER_ARMING) {
                set(TARGET, 1);
            }
            arm(deadline);
            if (bug == SAYS_WHERE_AFTER_ARMING) {
                set(TARGET, 1);
            }
            if (moves) {
                queue();
            }
        }

        private void arm(final long deadline) {
            for (;;) {
                final long seen = get(STATE);
                if (CELL.compareAndSet(cells, STATE, seen, deadline)) {
                    break;
                }
            }
            if (deadline < get(QUEUED)) {
                queue();
            }
        }

        private void queue() {
            final int base = (int) get(BASE);
            if ((long) CELL.getAndSet(cells, PENDING, 1L) == 0) {
                set(LISTED + base, 1);
            }
        }

        void cycle(final int base, final long now) {
            if ((long) CELL.getAndSet(cells, LISTED + base, 0L) == 1) {
                set(PENDING, 0);
                if (get(BASE) == base) {
                    look(base);
                } else if (bug != WRONG_BASE_DROPS) {
                    queue();
                }
            }
            if (heap[base] <= now) {
                surfaced(base, now);
            }
        }

        private void look(final int base) {
            final long seen = get(STATE);
            if (seen == 0) {
                return;
            }
            if (get(TARGET) == base) {
                enqueue(base, seen);
            } else {
                if (heap[base] != NONE) {
                    unqueue(base);
                }
                move();
            }
        }

        private void enqueue(final int base, final long deadline) {
            if (deadline < heap[base]) {
                heap[base] = deadline;
                set(QUEUED, deadline);
            }
        }

        private void unqueue(final int base) {
            heap[base] = NONE;
            set(QUEUED, NONE);
        }

        private void move() {
            set(BASE, get(TARGET));
            if (bug != MOVES_SILENTLY && get(STATE) != 0) {
                queue();
            }
        }

        private void surfaced(final int base, final long now) {
            unqueue(base);
            for (;;) {
                final long seen = get(STATE);
                if (seen == 0) {
                    return;
                }
                if (get(TARGET) != base && bug != SURFACES_WITHOUT_A_LOOK_AT_THE_TARGET) {
                    move();
                    return;
                }
                if (seen > now) {
                    enqueue(base, seen);
                    return;
                }
                if (CELL.compareAndSet(cells, STATE, seen, 0L)) {
                    CELL.getAndAdd(cells, FIRED + base, 1L);
                    return;
                }
            }
        }

        void settle(final long now) {
            for (int i = 0; i < ROUNDS; i++) {
                cycle(0, now);
                cycle(1, now);
            }
        }
    }
}
