// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.EngineCall.Kind.DUTY;
import static io.latchwork.nmi.EngineCall.Kind.MAP;
import static io.latchwork.nmi.EngineCall.Kind.MAPLESS;
import static io.latchwork.nmi.EngineCall.Kind.READER;
import static io.latchwork.nmi.EngineCall.Kind.RUNTIME;
import static io.latchwork.nmi.EngineCall.Kind.TIMER;
import static io.latchwork.nmi.EngineCall.Kind.WORK;

/** The calls of the engine that are put into one another. All name key 1 and its handle, unless they say otherwise. */
public enum EngineCall {
    INIT(TIMER), SET_P1(TIMER), SET_P2(TIMER), START_LATER(TIMER), START_EARLIER(TIMER), START_PAST(TIMER),
    START_ABS(TIMER),
    /** Pinned, by a thread that is bound to no base, or runs the only one. */
    START_PINNED(TIMER),
    CANCEL_ASYNC(TIMER),
    /** The cancel that waits. It is refused in a read section, so it interrupts nobody. */
    CANCEL(TIMER),
    /** Refused, whatever the timer is like. */
    CANCEL_IN_NMI(TIMER),
    /** Arms the timer of the other key in the past. */
    START_OTHER(TIMER),

    UPDATE(MAP), DELETE(MAP),
    /** Deletes another element of the same bucket. */
    DELETE_OTHER(MAP),
    /** Inserts a third key, into the same bucket. */
    INSERT(MAP), OPEN(MAP),
    /** Drops the only user reference. */
    RELEASE(MAP), CLOSE_MAP(MAP),
    /** Through the view, by key. */
    VIEW_START(MAP), VIEW_CANCEL(MAP), VIEW_DELETE(MAP),

    LOOKUP(READER), LOOKUP_NEW(READER), HANDLE(READER),
    /** Reads the value through the handle. */
    VALUE(READER), KEY(READER), SIZE(READER), FOR_EACH(READER), VIEW_ARMED(READER), NAMES(READER),

    /** Drops the loader's reference of the first program. */
    PROG_RELEASE(RUNTIME), PROG_CLOSE(RUNTIME), LOAD_PROG(RUNTIME),
    /** One map of each kind. */
    NEW_MAPS(RUNTIME), PIN(RUNTIME), UNPIN(RUNTIME), OPEN_PINNED(RUNTIME), BIND(RUNTIME),
    /** Refused: pins, and binding. */
    PINS_IN_NMI(RUNTIME), AUDIT(RUNTIME), NEXT_DEADLINE(RUNTIME),

    /** The timer without a map. */
    NEW_TIMER(MAPLESS), T_SET(MAPLESS), T_START(MAPLESS), T_CANCEL_ASYNC(MAPLESS), T_CANCEL(MAPLESS),
    T_CANCEL_IN_NMI(MAPLESS), T_CLOSE(MAPLESS),

    /** The work of key 1. */
    W_INIT(WORK), W_SET(WORK), W_START(WORK), W_CANCEL_ASYNC(WORK), W_CANCEL(WORK), W_FLUSH(WORK),
    /** Refused: cancel and flush. */
    W_IN_NMI(WORK),

    /** A duty cycle of the base: the owner runs while the interrupted call is stopped. Not inside of another one. */
    BASE(DUTY),
    /** A duty cycle of the housekeeping agent: a grace period. Waits for readers, so it interrupts nobody. */
    KWORKER(DUTY),
    /** A duty cycle of the other kworker: it runs works. */
    WORKER(DUTY);

    private final Kind kind;

    EngineCall(final Kind kind) {
        this.kind = kind;
    }

    /** What a call is about. */
    enum Kind { TIMER, MAP, READER, RUNTIME, MAPLESS, WORK, DUTY }

    Kind kind() {
        return kind;
    }

    /**
     * Whether the call arms the timer of key 1.
     *
     * @return true if so
     */
    public boolean isStart() {
        return this == START_LATER || this == START_EARLIER || this == START_PAST || this == START_ABS
            || this == START_PINNED || this == VIEW_START;
    }

    /**
     * Whether the call cancels the timer of key 1, without waiting.
     *
     * @return true if so
     */
    public boolean isCancelAsync() {
        return this == CANCEL_ASYNC || this == VIEW_CANCEL;
    }

    /**
     * Whether the call frees the timer of key 1 and leaves the element.
     *
     * @return true if so
     */
    public boolean freesTimer() {
        return this == UPDATE || this == VIEW_DELETE;
    }

    /**
     * Whether the call drops the map's only user reference.
     *
     * @return true if so
     */
    public boolean isRelease() {
        return this == RELEASE || this == CLOSE_MAP;
    }

    /**
     * Whether the call finds the timer or the work of key 1 and does something with it.
     *
     * @return true if so
     */
    public boolean usesBlock() {
        return kind == WORK && this != W_INIT || isStart() || isCancelAsync() || this == SET_P1 || this == SET_P2
            || this == CANCEL || this == START_OTHER;
    }

    /** Whether another call does the same in another way. */
    boolean isVariant() {
        return this == SET_P1 || this == START_ABS || this == START_PINNED || this == VIEW_START || this == VIEW_CANCEL
            || this == CLOSE_MAP;
    }

    /** Whether the shape of the timer of key 1 makes a difference. */
    boolean isOfTimer() {
        return kind == TIMER && this != CANCEL_IN_NMI && this != START_OTHER || freesTimer() || isStart()
            || isCancelAsync() || isRelease() || this == DELETE || this == BASE;
    }

    /** Why the call is not put into this one, or null. */
    String whyNotIn(final EngineCall interrupted) {
        return switch (this) {
            case CANCEL, T_CANCEL, W_CANCEL, W_FLUSH -> "waits: not for NMI, where it is refused";
            case KWORKER -> "ends a grace period, which waits for the call that it would interrupt";
            case BIND, PIN, UNPIN, OPEN_PINNED -> "not for NMI, where it is refused";
            case AUDIT -> "for task context, where it may look into a table of the JDK";
            case LOAD_PROG, NEW_MAPS, NEW_TIMER -> "makes something: not for NMI";
            case BASE -> interrupted == BASE ? "one thread's" : null;
            case WORKER -> interrupted == WORKER ? "one thread's" : null;
            case W_START -> interrupted == W_FLUSH ? "what is flushed then has nobody to run it" : null;
            default -> null;
        };
    }

    /** Whether the two calls have anything to do with each other. */
    boolean meets(final EngineCall other) {
        return kind == other.kind || isOfMany() || other.isOfMany();
    }

    private boolean isOfMany() {
        return kind == MAP || kind == DUTY || this == PROG_RELEASE || this == PROG_CLOSE;
    }

    /** Why the call may allocate wherever it likes, or null if it may not. */
    String whyItAllocates() {
        return this == VIEW_ARMED ? "by contract: makes a snapshot, for task context" : null;
    }

    /** Why no other thread makes the call while this one is stopped for good, or null. */
    String whyNotBeside(final EngineCall stopped) {
        final boolean waits = this == CANCEL || this == T_CANCEL || this == W_CANCEL;
        if (this == W_FLUSH || this == W_START && stopped == W_FLUSH) {
            return "what is flushed then has nobody to run it";
        }
        if (this == KWORKER) {
            return "ends a grace period, which waits for the stopped call";
        }
        if (waits && stopped.kind == DUTY) {
            return "waits for a callback, which is the one that is stopped";
        }
        return kind == DUTY && this == stopped ? "one thread's" : null;
    }

    /** Whether later calls may find nothing. */
    boolean takesAway() {
        return this == DELETE || this == UPDATE || this == VIEW_DELETE || isRelease() || this == T_CLOSE;
    }

    boolean mayInterrupt(final EngineCall interrupted) {
        return whyNotIn(interrupted) == null;
    }
}
