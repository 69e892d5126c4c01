// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.Status;
import java.util.SplittableRandom;

/**
 * What one thread did and saw in a round, in memory that is allocated beforehand. Written by its thread alone, and read when the
 * round is over; but for the call it is in, which the {@link Watchdog} looks at.
 */
final class ThreadLog {
    static final int WIDTH = 9;
    private static final int DEEPEST = 32;
    private static final Status[] ANSWERS = Status.values();
    private static final int NO_ANSWER = ANSWERS.length;
    private static final int KEPT_FOR_CALLBACKS = 4;

    private final EventLog all;
    private final int index;
    private final String name;
    private final long[] data;
    private final long[][] counts = new long[Call.values().length][NO_ANSWER + 1];
    private final Call[] open = new Call[DEEPEST];
    private int used;
    private int depth;
    private long mark;
    private long firing;

    private volatile int size;
    private volatile long openSince;
    private volatile Call openCall;
    private volatile boolean overflowed;
    private volatile int interrupts;

    /** What the thread draws from for its interrupts. */
    final SplittableRandom random;
    /** Chances for an interrupt that were let go by. */
    int skipped;
    /** Whether it is never to be interrupted. */
    boolean immune;

    ThreadLog(EventLog all, int index, String name, long[] data, SplittableRandom random) {
        this.all = all;
        this.index = index;
        this.name = name;
        this.data = data;
        this.random = random;
    }

    /** How many interrupts this thread is in. */
    int interrupts() {
        return interrupts;
    }

    /** An interrupt of this thread begins or, with -1, ends. */
    void interrupts(int more) {
        int now = interrupts + more; // this thread alone writes it
        interrupts = now;
    }

    String name() {
        return name;
    }

    long[] data() {
        return data;
    }

    /** Whether events are missing, so that the round can not be judged. */
    boolean hasOverflowed() {
        return overflowed;
    }

    /** Whether the round should end, because there is little room left. Callbacks find room for some more. */
    boolean isNearlyFull() {
        return used >= data.length - data.length / KEPT_FOR_CALLBACKS;
    }

    long count(Call call, Status answer) {
        return counts[call.ordinal()][answer == null ? NO_ANSWER : answer.ordinal()];
    }

    // ------------------------------------------------------------------------------------------------ calls

    /** A call begins that is counted and watched, and not logged. */
    void enter(Call call) {
        if (depth == 0) {
            openSince = System.nanoTime();
        }
        open[depth++] = call;
        openCall = call;
    }

    /** It ended. */
    void leave(Call call, Status answer) {
        counts[call.ordinal()][answer == null ? NO_ANSWER : answer.ordinal()]++;
        depth--;
        openCall = depth == 0 ? null : open[depth - 1];
    }

    /**
     * A call begins.
     *
     * @return where it is in the log
     */
    int begin(Call call, int place, long a, long b) {
        boolean outermost = depth == 0 && interrupts == 0;
        enter(call);
        long now = all.next();
        if (outermost) {
            mark = now;
        }
        return append(call, place, now, Event.OPEN, a, b, 0);
    }

    /** It ended; the answer is null if it threw. */
    void end(int at, Call call, Status answer) {
        long now = all.next();
        if (at >= 0) {
            data[at + 1] = now;
            data[at + 2] |= (answer == null ? NO_ANSWER : answer.ordinal()) + 1L;
        }
        leave(call, answer);
        if (depth == 0 && interrupts == 0) {
            mark = now;
        }
    }

    /** A thread of the runtime was seen outside of every callback. */
    void seenElsewhere() {
        mark = all.next();
    }

    // ------------------------------------------------------------------------------------------------ callbacks

    /** A callback begins. */
    int fireBegins(int place, long value, long binding, long time) {
        enter(Call.FIRE);
        int at = append(Call.FIRE, place, mark, all.next(), value, binding, time);
        firing = reference(at);
        return at;
    }

    /** It returns, or is about to throw. */
    void fireEnds(int at) {
        firing = 0;
        mark = all.next();
        if (at >= 0) {
            data[at + 7] = mark;
        }
        leave(Call.FIRE, Status.OK);
    }

    /** Something happens at one moment. */
    void happened(Call call, long a) {
        enter(call);
        long now = all.next();
        append(call, -1, now, now, a, 0, 0);
        leave(call, Status.OK);
    }

    private int append(Call call, int place, long before, long after, long a, long b, long time) {
        if (used + WIDTH > data.length) {
            overflowed = true;
            return -1;
        }
        int at = used;
        data[at] = before;
        data[at + 1] = after;
        data[at + 2] = (long) place << 32 | (long) call.ordinal() << 8;
        data[at + 3] = a;
        data[at + 4] = b;
        data[at + 5] = time;
        data[at + 6] = firing;
        data[at + 7] = Event.OPEN;
        data[at + 8] = reference(at);
        used = at + WIDTH;
        size = used;
        return at;
    }

    private long reference(int at) {
        return at < 0 ? 0 : ((long) index + 1 << 32) + at;
    }

    // ------------------------------------------------------------------------------------------------ readers

    /** The call that the thread is in, if it is in it for longer than that; null if not. */
    Call stuckIn(long limitNs) {
        Call call = openCall;
        return call != null && System.nanoTime() - openSince > limitNs ? call : null;
    }

    /** Whether the thread was seen in no call, callback or interrupt. */
    boolean isIdle() {
        return interrupts == 0 && openCall == null;
    }

    int size() {
        return size;
    }

    Event event(int at) {
        long what = data[at + 2];
        int answer = (int) (what & 0xff) - 1;
        return new Event(name, Call.of((int) (what >> 8 & 0xff)), (int) (what >> 32), data[at], data[at + 1],
            answer < 0 || answer == NO_ANSWER ? null : ANSWERS[answer], data[at + 3], data[at + 4], data[at + 5], data[at + 7]);
    }

    long referenceAt(int at) {
        return data[at + 8];
    }

    long insideAt(int at) {
        return data[at + 6];
    }
}
