// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Replays the history of one place against the plain model of {@link Life}: is there an order of the calls and of the expiries,
 * in which each takes effect at one moment between its two ends in the log, that explains every answer and every callback?
 *
 * <p>All orders are followed at once, as the set of what the place may be like by now. A call that returns must have taken
 * effect; calls that are still pending may have, before it or after. When nothing is left, no order explains what was seen.
 *
 * <p><b>Sound</b>: what the log does not decide is allowed. A call whose answer is a refusal changed nothing, so it is left
 * out. Of calls that overlap every order is tried. An expiry is taken at some moment after its thread was last seen elsewhere and
 * before its callback begins. {@link Status#RUNNING} only says that nothing was armed, because a run that is announced and then
 * not taken looks the same. A block that a delete takes out may still be used by who is in mid-call, and may fire, until that
 * delete and every other one that overlaps with it and might have got hold of the block have returned. A cancel that waits may
 * take back several starts, and drops the callback, which after that does not hear of other cancels.
 *
 * <p><b>Sharp</b>: calls that do not overlap are in the order of the log, and so every arming has to be accounted for exactly:
 * {@link Status#OK}, {@link Status#REARMED}, {@link Status#CANCELLED} and {@link Status#IDLE} each are checked against the one
 * state that the earlier ones left, and so is that a callback which was cancelled while it ran does not start itself. What it can
 * not tell: which of two starts that overlap came last, and so whose deadline counts; whether a timer fires too late; whether a
 * refusal was deserved.
 */
final class LifeReplay {
    private static final int SLOTS = 48;
    private static final int MOST_POSSIBILITIES = 20_000;

    private record Moment(long seq, boolean isReturn, Event op) {
    }

    private final ClockHistory clock;
    private final Event[] pending = new Event[SLOTS];
    private Set<Life> possible = new HashSet<>(Set.of(Life.NONE));
    private Event lastTaker;
    private boolean initialised;
    private boolean undecided;

    LifeReplay(ClockHistory clock) {
        this.clock = clock;
    }

    /** Whether there was too much at once to be followed. */
    boolean isUndecided() {
        return undecided;
    }

    /**
     * Replays.
     *
     * @param events the events of one place, in any order
     * @param until the moment from which on the place is left alone, or {@link Event#OPEN}
     * @param quiet whether it was waited for that nothing is armed any more
     * @return what is wrong, or null
     */
    Violation replay(List<Event> events, long until, boolean quiet) {
        List<Moment> moments = new ArrayList<>();
        for (Event event : events) {
            if (isModelled(event) && event.before < until) {
                moments.add(new Moment(event.before, false, event));
                if (event.after < until) {
                    moments.add(new Moment(event.after, true, event));
                }
            }
        }
        moments.sort((x, y) -> x.seq != y.seq ? Long.compare(x.seq, y.seq) : Boolean.compare(y.isReturn, x.isReturn));
        for (Moment moment : moments) {
            Violation found = moment.isReturn ? returned(moment.op) : called(moment.op);
            if (found != null || undecided) {
                return found;
            }
        }
        return quiet ? atRest() : null;
    }

    private static boolean isModelled(Event event) {
        return switch (event.call) {
            case FIRE -> true;
            case INIT, NEW_TIMER, START, CANCEL_ASYNC, FLUSH -> event.isOutcome();
            case CANCEL -> event.isOutcome() || isOvertaken(event);
            default -> event.isDestroyer();
        };
    }

    /** A cancel that waits and met a delete: it may have dropped the callback before it did, or not. */
    private static boolean isOvertaken(Event op) {
        return op.call == Call.CANCEL && op.answer == Status.ENOENT;
    }

    private Violation called(Event op) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (pending[slot] == null) {
                pending[slot] = op;
                return null;
            }
        }
        undecided = true;
        return null;
    }

    private Violation returned(Event op) {
        int slot = 0;
        while (pending[slot] != op) {
            slot++;
        }
        Set<Life> before = possible;
        possible = new LinkedHashSet<>();
        List<Life> next = new ArrayList<>();
        Deque<Life> open = new ArrayDeque<>();
        Set<Life> seen = new HashSet<>();
        for (Life life : before) {
            if (life.isDone(slot) || isOvertaken(op)) {
                life.returned(op, slot, pending, next);
            }
            if (mayTakeEffect(op, life.isDone(slot)) && seen.add(life)) {
                open.add(life);
            }
        }
        List<Life> steps = new ArrayList<>();
        for (Life life = open.poll(); life != null; life = open.poll()) {
            steps.clear();
            step(life, op, steps);
            for (Life after : steps) {
                if (after.isDone(slot)) {
                    after.returned(op, slot, pending, next);
                }
                if (mayTakeEffect(op, after.isDone(slot)) && seen.add(after)) {
                    open.add(after);
                }
            }
            if (seen.size() > MOST_POSSIBILITIES) {
                undecided = true;
                return null;
            }
        }
        possible.addAll(next);
        if (possible.isEmpty()) {
            return new Diagnosis(clock, lastTaker).of(op, seen);
        }
        pending[slot] = null;
        initialised |= op.call == Call.INIT || op.call == Call.NEW_TIMER;
        if (initialised && takes(op)) {
            lastTaker = op;
        }
        return null;
    }

    private void step(Life life, Event returning, List<Life> to) {
        for (int slot = 0; slot < SLOTS; slot++) {
            Event op = pending[slot];
            if (op != null && mayTakeEffect(op, life.isDone(slot)) && (op == returning || op.call != Call.FLUSH)) {
                life.apply(op, slot, clock, to);
            }
        }
    }

    /** Once; but a cancel that waits goes round as often as it has to. */
    private static boolean mayTakeEffect(Event op, boolean done) {
        return !done || op.call == Call.CANCEL && op.answer == Status.CANCELLED;
    }

    private static boolean takes(Event op) {
        return op.call == Call.FIRE || op.answer == Status.CANCELLED || op.isDestroyer();
    }

    private Violation atRest() {
        Event lost = null;
        for (Life life : possible) {
            lost = life.current() == null ? null : life.current().armed();
            if (lost == null) {
                return null;
            }
        }
        return Violation.of(Invariant.I7, "armed by " + lost + ", it never fired and was not taken back");
    }
}
