// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.BpfMap;
import io.latchwork.async.ExpiryCallback;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.WorkCallback;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The callbacks of a round: each is an object of its own with a number, logs when it begins and returns, and in between does
 * what its number says: nothing, calls on its own timer or on others, or a fault.
 */
final class Callbacks {
    private static final int THROW_ONE_IN = 40;
    private static final int STALL_ONE_IN = 100;
    private static final long STALL_NS = 2_000_000;

    private final EventLog log;
    private final RoundClock clock;
    private final Faults faults;
    private final long seed;
    private final Consumer<Violation> problems;
    private volatile Actions actions;

    Callbacks(EventLog log, RoundClock clock, Faults faults, long seed, Consumer<Violation> problems) {
        this.log = log;
        this.clock = clock;
        this.faults = faults;
        this.seed = seed;
        this.problems = problems;
    }

    /** From now on callbacks do things; with null, from now on they only log. */
    void act(Actions with) {
        actions = with;
    }

    /** Thrown by callbacks; the error handler expects it. */
    static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OnPurpose() {
            super("on purpose", null, false, false);
        }
    }

    <K> TimerCallback<K, Value> ofTimer(Spot<K> spot, long binding) {
        Runs runs = new Runs(spot.timer(), binding);
        return (map, key, value) -> {
            check(spot, map, key);
            runs.run(value, with -> with.inTimer(spot, runs.random));
        };
    }

    <K> WorkCallback<K, Value> ofWork(Spot<K> spot, long binding) {
        Runs runs = new Runs(spot.work(), binding);
        return (map, key, value) -> {
            check(spot, map, key);
            runs.run(value, with -> with.inWork(spot, runs.random));
        };
    }

    ExpiryCallback ofLoose(Place place, long binding) {
        Runs runs = new Runs(place, binding);
        return timer -> runs.run(null, with -> with.inLoose(runs.random));
    }

    private <K> void check(Spot<K> spot, BpfMap<K, Value> map, K key) {
        if (map != spot.map() || key != spot.key() && !key.equals(spot.key())) {
            problems.accept(Violation.of(Invariant.CONTRACT,
                "a callback of " + spot.timer() + " was given " + map.name() + " " + key));
        }
    }

    /** The runs of one callback. */
    private final class Runs {
        private final Place place;
        private final long binding;
        private final SplittableRandom random;

        Runs(Place place, long binding) {
            this.place = place;
            this.binding = binding;
            this.random = new SplittableRandom(seed + binding);
        }

        void run(Value value, Consumer<Actions> body) {
            ThreadLog mine = log.mine();
            int at = mine.fireBegins(place.id(), Value.idOf(value), binding, clock.nanoTime());
            try {
                Actions with = actions;
                if (with != null) {
                    stall();
                    body.accept(with);
                    fail();
                }
            } finally {
                mine.fireEnds(at);
            }
        }

        private void stall() {
            if (faults.has(Fault.STALL) && random.nextInt(STALL_ONE_IN) == 0) {
                faults.count(Fault.STALL);
                LockSupport.parkNanos(random.nextLong(STALL_NS));
            }
        }

        private void fail() {
            if (faults.has(Fault.THROW) && random.nextInt(THROW_ONE_IN) == 0) {
                faults.count(Fault.THROW);
                throw new OnPurpose();
            }
        }
    }
}
