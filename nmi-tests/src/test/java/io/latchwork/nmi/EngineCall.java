// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/** The calls of the engine that are put into one another. All name key 1 and its handle, unless they say otherwise. */
public enum EngineCall {
    INIT, SET_P1, SET_P2, START_LATER, START_EARLIER, START_PAST, CANCEL_ASYNC, LOOKUP,
    /** Reads the value through the handle. */
    VALUE,
    UPDATE, DELETE,
    /** Deletes another element of the same bucket. */
    DELETE_OTHER,
    /** Inserts a third key, into the same bucket. */
    INSERT, OPEN,
    /** Drops the only user reference. */
    RELEASE,
    /** Drops the loader's reference of the first program. */
    PROG_RELEASE, NMI,
    /** A duty cycle of the base: the owner runs while the interrupted call is stopped. Not inside of another one. */
    BASE,
    /** A duty cycle of the housekeeping agent: a grace period. Waits for readers, so it interrupts nobody. */
    KWORKER,
    /** The cancel that waits. It is refused in a read section, so it interrupts nobody. */
    CANCEL,
    /** Arms the timer of the other key in the past. */
    START_OTHER;

    /**
     * Whether the call arms the timer of key 1.
     *
     * @return true if so
     */
    public boolean isStart() {
        return this == START_LATER || this == START_EARLIER || this == START_PAST;
    }

    /** Whether the shape of the timer of key 1 makes a difference. */
    boolean isOfTimer() {
        return ordinal() <= CANCEL_ASYNC.ordinal() || this == UPDATE || this == DELETE || this == RELEASE
            || this == BASE || this == CANCEL;
    }

    boolean mayInterrupt(final EngineCall interrupted) {
        return this != KWORKER && this != CANCEL && (this != BASE || interrupted != BASE);
    }
}
