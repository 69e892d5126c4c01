// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.AsyncTimer;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.StatusException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Makes the calls of a round, and writes them into the log of the thread that makes them. */
final class Caller {
    private final Api api;
    private final RoundClock clock;
    private final Callbacks callbacks;
    private final EventLog log;
    private final AtomicLong numbers = new AtomicLong();

    Caller(Api api, RoundClock clock, Callbacks callbacks, EventLog log) {
        this.api = api;
        this.clock = clock;
        this.callbacks = callbacks;
        this.log = log;
    }

    private long number() {
        return numbers.incrementAndGet();
    }

    private Status logged(Call call, Place place, long a, long b, Supplier<Status> code) {
        ThreadLog mine = log.mine();
        int at = mine.begin(call, place == null ? -1 : place.id(), a, b);
        Status answer = null;
        try {
            answer = code.get();
            return answer;
        } catch (StatusException refused) {
            answer = refused.status();
            return answer;
        } finally {
            mine.end(at, call, answer);
        }
    }

    /** Makes a call that is counted and watched, but is no part of a timer's history. */
    Status watched(Call call, Supplier<Status> code) {
        ThreadLog mine = log.mine();
        mine.enter(call);
        Status answer = null;
        try {
            answer = code.get();
            return answer;
        } finally {
            mine.leave(call, answer);
        }
    }

    // ------------------------------------------------------------------------------------------------ elements

    <K> Status update(Spot<K> spot) {
        Value value = new Value(number());
        return logged(Call.UPDATE, spot.timer(), value.id(), 0, () -> spot.map().update(spot.key(), value));
    }

    <K> Status delete(Spot<K> spot) {
        return logged(Call.DELETE, spot.timer(), 0, 0, () -> api.delete(spot.map(), spot.key()));
    }

    <K> MapElement<K, Value> lookup(Spot<K> spot) {
        ThreadLog mine = log.mine();
        mine.enter(Call.LOOKUP);
        MapElement<K, Value> found = null;
        try {
            found = spot.map().lookup(spot.key());
            return found;
        } finally {
            mine.leave(Call.LOOKUP, found == null ? Status.ENOENT : Status.OK);
        }
    }

    <K> Status lookup(Spot<K> spot, MapElement<K, Value> handle) {
        return watched(Call.LOOKUP, () -> spot.map().lookup(spot.key(), handle));
    }

    // ------------------------------------------------------------------------------------------------ timers

    <K> Status init(Spot<K> spot, MapElement<K, Value> at) {
        return logged(Call.INIT, spot.timer(), 0, 0, () -> at.timer().init(spot.map(), spot.clock()));
    }

    <K> Status setCallback(Spot<K> spot, MapElement<K, Value> at, Program program) {
        long binding = number();
        return logged(Call.SET_CALLBACK, spot.timer(), binding, program.id(),
            () -> api.setCallback(at.timer(), program.prog(), callbacks.ofTimer(spot, binding)));
    }

    /** Starts with a time that is given from now, whatever the flags say. */
    <K> Status start(Spot<K> spot, MapElement<K, Value> at, long fromNow, int flags) {
        return start(spot.timer(), spot.clock(), fromNow, flags, nsec -> api.start(at.timer(), nsec, flags));
    }

    <K> Status startByKey(Spot<K> spot, long fromNow, int flags) {
        return start(spot.timer(), spot.clock(), fromNow, flags, nsec -> spot.map().timers().start(spot.key(), nsec, flags));
    }

    Status start(LooseTimer timer, long fromNow, int flags) {
        return start(timer.place(), timer.clock(), fromNow, flags, nsec -> timer.timer().start(nsec, flags));
    }

    private interface Start {
        Status at(long nsec);
    }

    private Status start(Place place, ClockId on, long fromNow, int flags, Start code) {
        boolean absolute = (flags & BpfTimer.TIMER_ABS) != 0;
        int line = on == ClockId.BOOTTIME ? ClockHistory.BOOT
            : on == ClockId.REALTIME && absolute ? ClockHistory.WALL : ClockHistory.MONO;
        long nsec = absolute ? clock.read(on) + fromNow : fromNow;
        long least = absolute ? nsec : clock.leastNow(line) + Math.max(0, fromNow);
        return logged(Call.START, place, least, line, () -> code.at(nsec));
    }

    <K> Status cancelAsync(Spot<K> spot, MapElement<K, Value> at) {
        return logged(Call.CANCEL_ASYNC, spot.timer(), 0, 0, () -> api.cancelAsync(at.timer()));
    }

    <K> Status cancelByKey(Spot<K> spot) {
        return logged(Call.CANCEL_ASYNC, spot.timer(), 0, 0, () -> spot.map().timers().cancelAsync(spot.key()));
    }

    <K> Status deleteByKey(Spot<K> spot) {
        return logged(Call.VIEW_DELETE, spot.timer(), 0, 0, () -> spot.map().timers().delete(spot.key()));
    }

    <K> Status cancel(Spot<K> spot, MapElement<K, Value> at) {
        return logged(Call.CANCEL, spot.timer(), 0, 0, () -> at.timer().cancel());
    }

    // ------------------------------------------------------------------------------------------------ works

    <K> Status initWork(Spot<K> spot, MapElement<K, Value> at) {
        return logged(Call.INIT, spot.work(), 0, 0, () -> at.wq().init(spot.map()));
    }

    <K> Status setWork(Spot<K> spot, MapElement<K, Value> at, Program program) {
        long binding = number();
        return logged(Call.SET_CALLBACK, spot.work(), binding, program.id(),
            () -> at.wq().setCallback(program.prog(), callbacks.ofWork(spot, binding)));
    }

    <K> Status startWork(Spot<K> spot, MapElement<K, Value> at) {
        return logged(Call.START, spot.work(), Long.MIN_VALUE, ClockHistory.MONO, () -> at.wq().start());
    }

    <K> Status cancelAsyncWork(Spot<K> spot, MapElement<K, Value> at) {
        return logged(Call.CANCEL_ASYNC, spot.work(), 0, 0, () -> at.wq().cancelAsync());
    }

    <K> Status cancelWork(Spot<K> spot, MapElement<K, Value> at) {
        return logged(Call.CANCEL, spot.work(), 0, 0, () -> at.wq().cancel());
    }

    <K> Status flush(Spot<K> spot, MapElement<K, Value> at) {
        return logged(Call.FLUSH, spot.work(), 0, 0, () -> at.wq().flush());
    }

    // ------------------------------------------------------------------------------------------------ timers without a map

    /** Null if it was refused. */
    LooseTimer newTimer(AsyncRuntime rt, Place place, Program program, ClockId on) {
        long binding = number();
        AsyncTimer[] made = new AsyncTimer[1];
        logged(Call.NEW_TIMER, place, binding, program.id(), () -> {
            made[0] = rt.newTimer(program.prog(), callbacks.ofLoose(place, binding), on);
            return Status.OK;
        });
        return made[0] == null ? null : new LooseTimer(made[0], place, on);
    }

    Status setCallback(LooseTimer timer, Program program) {
        long binding = number();
        return logged(Call.SET_CALLBACK, timer.place(), binding, program.id(),
            () -> timer.timer().setCallback(program.prog(), callbacks.ofLoose(timer.place(), binding)));
    }

    Status cancelAsync(LooseTimer timer) {
        return logged(Call.CANCEL_ASYNC, timer.place(), 0, 0, timer.timer()::cancelAsync);
    }

    Status cancel(LooseTimer timer) {
        return logged(Call.CANCEL, timer.place(), 0, 0, timer.timer()::cancel);
    }

    void close(LooseTimer timer) {
        logged(Call.CLOSE_TIMER, timer.place(), 0, 0, () -> {
            timer.timer().close();
            return Status.OK;
        });
    }

    // ------------------------------------------------------------------------------------------------ programs, runtime

    Program load(AsyncRuntime rt) {
        long id = number();
        BpfProg[] made = new BpfProg[1];
        logged(Call.LOAD, null, id, 0, () -> {
            made[0] = api.load(rt, "program " + id, () -> log.mine().happened(Call.UNLOAD, id));
            return Status.OK;
        });
        return new Program(made[0], id);
    }

    void release(Program program) {
        logged(Call.RELEASE_PROGRAM, null, program.id(), 0, program.prog()::release);
    }

    void close(AsyncRuntime rt) {
        logged(Call.CLOSE_RUNTIME, null, 0, 0, () -> {
            rt.close();
            return Status.OK;
        });
    }
}
