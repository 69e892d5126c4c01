// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;

/** A log written by hand: of one timer (place 0) and one work (place 1) of an element, and of programs. */
final class History {
    private static final long LONG_BEFORE = 0;

    private final List<Event> events = new ArrayList<>();
    private final ClockHistory clock = ClockHistory.of(1_000_000, 0);
    private final Place.Ends ends;
    private int place;

    History() {
        this(Place.Ends.BY_CALL);
    }

    History(Place.Ends ends) {
        this.ends = ends;
    }

    /** A timer that is initialised and has binding 1 of program 1, by time 9. Its value is 1. */
    static History bound() {
        return new History().update(1, 2, 1).call(Call.INIT, 3, 4, Status.OK).bind(5, 6, 1);
    }

    /** The same of the work. */
    static History boundWork() {
        History history = new History().update(1, 2, 1);
        history.place = 1;
        return history.call(Call.INIT, 3, 4, Status.OK).bind(5, 6, 1);
    }

    History call(Call call, long before, long after, Status answer) {
        return add(new Event("thread", call, place, before, after, answer, 0, 0, 0, Event.OPEN));
    }

    /** A call from within a callback that is in here already. */
    History callIn(Event fire, Call call, long before, long after, Status answer) {
        call(call, before, after, answer);
        last().inside = fire;
        return this;
    }

    History update(long before, long after, long value) {
        return add(new Event("thread", Call.UPDATE, 0, before, after, Status.OK, value, 0, 0, Event.OPEN));
    }

    History bind(long before, long after, long binding) {
        return add(new Event("thread", Call.SET_CALLBACK, place, before, after, Status.OK, binding, 1, 0, Event.OPEN));
    }

    /** A start with a deadline at 0. */
    History start(long before, long after, Status answer) {
        return startAt(before, after, answer, 0, ClockHistory.MONO);
    }

    History startAt(long before, long after, Status answer, long deadline, int line) {
        return add(new Event("thread", Call.START, place, before, after, answer, deadline, line, 0, Event.OPEN));
    }

    /** A callback whose thread was not seen elsewhere for long. */
    History fire(long begin, long end) {
        return fire(LONG_BEFORE, begin, end, 1, 1, 0);
    }

    History fire(long seenElsewhere, long begin, long end, long value, long binding, long time) {
        return add(new Event("base", Call.FIRE, place, seenElsewhere, begin, null, value, binding, time, end));
    }

    History program(Call call, long before, long after, long program) {
        return add(new Event("thread", call, -1, before, after, Status.OK, program, 0, 0, Event.OPEN));
    }

    History clockSteps(long when, long realOffset) {
        clock.stepped(when, realOffset, 0);
        return this;
    }

    private History add(Event event) {
        events.add(event);
        return this;
    }

    Event last() {
        return events.get(events.size() - 1);
    }

    /** The invariants that are found broken; it was waited for rest. */
    List<Invariant> judge() {
        return judge(true);
    }

    List<Invariant> judge(boolean quiet) {
        List<Place> places = List.of(new Place(0, "timer", ends, 0), new Place(1, "work", ends, 0));
        return new Replay(places, clock).judge(new ArrayList<>(events), quiet).stream().map(Violation::invariant).toList();
    }
}
