// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random calls, one thread, against a plain sequential model: every answer and every expiry must agree. */
abstract class DifferentialContract extends ContractCase {
    private static final int SEQUENCES = 40;
    private static final int CALLS = 1_500;
    private static final int KEYS = 5;

    /** What the model knows of an element. */
    private static final class Model {
        private final String value;
        private boolean initialised;
        private boolean bound;
        private long deadline = Long.MAX_VALUE;

        Model(String value) {
            this.value = value;
        }

        boolean isArmed() {
            return deadline != Long.MAX_VALUE;
        }
    }

    private final Map<Integer, Model> model = new HashMap<>();
    private final List<String> expected = new ArrayList<>();

    @Test
    void everyAnswerAndEveryExpiryAgreeWithAModel() {
        long seed = System.nanoTime();
        System.out.println("DifferentialContract seed " + seed);
        Random seeds = new Random(seed);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            use(driven());
            model.clear();
            expected.clear();
            fired.clear();
            Random random = new Random(seeds.nextLong());
            for (int call = 0; call < CALLS; call++) {
                step(random, "seed " + seed + " sequence " + sequence + " call " + call);
            }
        }
    }

    private void step(Random random, String where) {
        int key = random.nextInt(KEYS);
        Model known = model.get(key);
        switch (random.nextInt(9)) {
            case 0 -> {
                String value = "v" + random.nextInt(1_000);
                assertEquals(Status.OK, map.update(key, value), where);
                model.put(key, new Model(value));
            }
            case 1 -> {
                assertEquals(known == null ? Status.ENOENT : Status.OK, map.delete(key), where);
                model.remove(key);
            }
            case 2, 3 -> advanceAndCompare(random.nextInt(4), where);
            default -> timerCall(random, key, known, where);
        }
    }

    private void timerCall(Random random, int key, Model known, String where) {
        MapElement<Integer, String> element = map.lookup(key);
        assertEquals(known == null ? null : known.value, element == null ? null : element.value(), where);
        if (known == null) {
            return;
        }
        BpfTimer<Integer, String> timer = element.timer();
        switch (random.nextInt(5)) {
            case 0 -> {
                assertEquals(known.initialised ? Status.EBUSY : Status.OK, timer.init(map, ClockId.MONOTONIC), where);
                known.initialised = true;
            }
            case 1 -> {
                assertEquals(known.initialised ? Status.OK : Status.EINVAL, timer.setCallback(prog, record), where);
                known.bound |= known.initialised;
            }
            case 2 -> start(random, timer, known, where);
            case 3 -> {
                Status answer = !known.initialised ? Status.EINVAL : known.isArmed() ? Status.CANCELLED : Status.IDLE;
                assertEquals(answer, timer.cancelAsync(), where);
                known.deadline = Long.MAX_VALUE;
            }
            default -> {
                Status answer = !known.initialised ? Status.EINVAL : known.isArmed() ? Status.CANCELLED : Status.IDLE;
                assertEquals(answer, timer.cancel(), where);
                known.deadline = Long.MAX_VALUE;
                known.bound = false;
            }
        }
    }

    private void start(Random random, BpfTimer<Integer, String> timer, Model known, String where) {
        boolean absolute = random.nextBoolean();
        long delay = (random.nextInt(8) - 1) * MS;
        long at = clock.nanoTime() + delay;
        Status answer = !known.bound ? Status.EINVAL : known.isArmed() ? Status.REARMED : Status.OK;
        assertEquals(answer, timer.start(absolute ? at : delay, absolute ? BpfTimer.TIMER_ABS : 0), where);
        if (!answer.isRefusal()) {
            known.deadline = Math.max(at, clock.nanoTime());
        }
    }

    /** Goes a millisecond at a time, so that every expiry is seen at its own time; within one the order is open. */
    private void advanceAndCompare(int ms, String where) {
        driver.drain();
        expire();
        for (int i = 0; i < ms; i++) {
            advance(1);
            expire();
        }
        List<String> seen = new ArrayList<>(fired);
        Collections.sort(seen);
        Collections.sort(expected);
        assertEquals(expected, seen, where);
        fired.clear();
        expected.clear();
    }

    private void expire() {
        model.forEach((key, known) -> {
            if (known.isArmed() && known.deadline <= clock.nanoTime()) {
                known.deadline = Long.MAX_VALUE;
                expected.add(key + "=" + known.value + "@" + sinceStart());
            }
        });
    }
}
