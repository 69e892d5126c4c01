// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.Status;
import java.util.Collection;

/** Says which invariant it is that an event breaks which no order explains. */
final class Diagnosis {
    private final ClockHistory clock;
    private final Event lastTaker;

    /**
     * A diagnosis.
     *
     * @param clock how the clocks stepped
     * @param lastTaker the last thing before the event that took an arming: it fired, was taken back, or was deleted
     */
    Diagnosis(ClockHistory clock, Event lastTaker) {
        this.clock = clock;
        this.lastTaker = lastTaker;
    }

    Violation of(Event op, Collection<Life> possible) {
        boolean anyBlock = possible.stream().anyMatch(life -> life.current() != null || !life.dying().isEmpty());
        Event armed = armed(possible);
        if (!anyBlock && op.call != Call.INIT && op.call != Call.NEW_TIMER) {
            return lastTaker == null ? Violation.of(Invariant.CONTRACT, op + ", though nothing was initialised")
                : Violation.of(Invariant.I3, op + " after " + lastTaker + ", and nothing was initialised since");
        }
        return switch (op.call) {
            case FIRE -> fire(op, armed, possible);
            case INIT, NEW_TIMER -> Violation.of(Invariant.CONTRACT, op + ", though it was initialised and nobody freed it");
            case START -> start(op, armed, possible);
            case CANCEL_ASYNC, CANCEL -> cancel(op, armed);
            case FLUSH -> Violation.of(Invariant.CONTRACT, op + " before what it waits for was over");
            default -> Violation.of(Invariant.CONTRACT, op + " can not be");
        };
    }

    private static Event armed(Collection<Life> possible) {
        for (Life life : possible) {
            if (life.current() != null && life.current().armed() != null) {
                return life.current().armed();
            }
        }
        for (Life life : possible) {
            for (Life.Dying dying : life.dying()) {
                if (dying.block().armed() != null) {
                    return dying.block().armed();
                }
            }
        }
        return null;
    }

    private Violation fire(Event fire, Event armed, Collection<Life> possible) {
        if (armed == null) {
            return unarmed(fire);
        }
        Event running = null;
        for (Life life : possible) {
            if (life.current() != null && life.current().running() != null) {
                running = life.current().running();
            }
        }
        return clock.isDue(armed, fire) ? Violation.of(Invariant.I2, fire + " while it is running in " + running)
            : Violation.of(Invariant.I2, fire + " is too early for " + armed);
    }

    private Violation start(Event start, Event armed, Collection<Life> possible) {
        if (start.inside != null && possible.stream().anyMatch(life -> life.current() != null && life.current().stopped())) {
            return Violation.of(Invariant.I1, start + ": it started itself after " + lastTaker);
        }
        return start.answer == Status.OK ? Violation.of(Invariant.I7, start + ": what became of " + armed + "?") : unarmed(start);
    }

    private Violation cancel(Event cancel, Event armed) {
        if (cancel.answer == Status.CANCELLED && armed == null) {
            return unarmed(cancel);
        }
        return armed != null && cancel.answer != Status.CANCELLED
            ? Violation.of(Invariant.I7, cancel + ": what became of " + armed + "?")
            : Violation.of(Invariant.I1, cancel + " while its callback was running");
    }

    /** It shows that something was armed, which was accounted for already. */
    private Violation unarmed(Event event) {
        if (lastTaker == null) {
            return Violation.of(Invariant.I2, event + ", though nobody ever started it");
        }
        Invariant broken = lastTaker.call == Call.FIRE ? Invariant.I2
            : lastTaker.isDestroyer() ? Invariant.I3 : Invariant.I1;
        return Violation.of(broken, event + " after " + lastTaker + ", and nobody had started it since");
    }
}
