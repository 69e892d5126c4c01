// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.Status;

/** A call with its answer, or a callback, as the log of a thread has it. */
final class Event {
    /** Later than everything: what has not ended. */
    static final long OPEN = Long.MAX_VALUE;

    final String thread;
    final Call call;
    /** The number of the {@link Place}; -1 where there is none. */
    final int place;
    /**
     * When the call was made. Of a callback: when its thread was last seen doing something else, so that the expiry was taken
     * after that.
     */
    final long before;
    /** When it returned, or {@link #OPEN}. Of a callback: when it began. */
    final long after;
    /** Null if it threw, or has not returned. */
    final Status answer;
    /** A start: the deadline, or less. A callback: the number of the value. A binding, a program's event: its number. */
    final long a;
    /** A start: the {@linkplain ClockHistory line}. A callback: the number of the binding. A binding: the program's. */
    final long b;
    /** A callback: the monotonic time when it began. */
    final long time;
    /** A callback: when it returned, or {@link #OPEN}. */
    final long end;
    /** The callback in which the call was made, or null. */
    Event inside;

    Event(String thread, Call call, int place, long before, long after, Status answer, long a, long b, long time,
            long end) {
        this.thread = thread;
        this.call = call;
        this.place = place;
        this.before = before;
        this.after = after;
        this.answer = answer;
        this.a = a;
        this.b = b;
        this.time = time;
        this.end = end;
    }

    boolean isOutcome() {
        return answer != null && !answer.isRefusal();
    }

    /** Whether it may take the block out of its place. */
    boolean isDestroyer() {
        return isOutcome()
            && (call == Call.UPDATE || call == Call.DELETE || call == Call.VIEW_DELETE || call == Call.CLOSE_TIMER);
    }

    /** Whether it binds a callback. */
    boolean isBinding() {
        return isOutcome() && (call == Call.SET_CALLBACK || call == Call.NEW_TIMER);
    }

    @Override
    public String toString() {
        String when = "[" + before + ", " + (after == OPEN ? "..." : after) + "] " + thread + ": ";
        if (call == Call.FIRE) {
            return when + "FIRE value " + a + " binding " + b + " at " + time + " ns, returned " + (end == OPEN ? "never" : end);
        }
        String arguments = call == Call.START ? " not before " + a + " ns on line " + b
            : isBinding() ? " binding " + a + " of program " + b : call == Call.UPDATE ? " value " + a : "";
        return when + call + arguments + " -> " + (answer == null ? "no answer" : answer)
            + (inside == null ? "" : " (in the callback that began at " + inside.after + ")");
    }
}
