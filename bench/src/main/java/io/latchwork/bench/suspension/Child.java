// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * The JVM under the debugger: clients that arm and cancel timers without pause, and a train of timers that fires all
 * the time, all on one map and one base. It ends when its standard input does, so it does not outlive its parent.
 */
public final class Child {
    /** Clients, named client-0 and so on. */
    static final int CLIENTS = 3;
    /** What a client's thread is called, without its number. */
    static final String CLIENT = "client-";

    private static final int TIMERS = 64;
    private static final int TRAIN = 8;
    private static final long PERIOD_NS = 1_000_000;
    private static final long LATE_NS = 20_000_000;
    private static final int NEVER_NS = Integer.MAX_VALUE;

    /** Calls of each client; read by the debugger by this name. */
    private static volatile Counter[] calls;
    /** Firings of the train; read by the debugger. */
    private static volatile Counter fired;
    /** Those of them that came late; read by the debugger. */
    private static volatile Counter late;

    private Child() {
    }

    /** A number that one thread writes and the debugger reads. */
    static final class Counter {
        private volatile long value;

        void add() {
            value = value + 1;
        }
    }

    /**
     * Runs until the standard input ends.
     *
     * @param args which subject, and the seed
     * @throws IOException if the standard input breaks
     */
    public static void main(final String[] args) throws IOException {
        final Subject subject = Subject.valueOf(args[0]);
        final SplittableRandom seeds = new SplittableRandom(Long.parseLong(args[1]));
        final AsyncRuntime runtime = subject.launch();
        final BpfHashMap<Integer, Object> map = runtime.hashMap("timers", TIMERS + TRAIN);
        final BpfProg program = runtime.loadProgram("suspension", () -> { });
        final Counter[] counters = new Counter[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            counters[i] = new Counter();
        }
        fired = new Counter();
        late = new Counter();
        startTrain(map, program);
        for (int key = TRAIN; key < TRAIN + TIMERS; key++) {
            add(map, program, key);
        }
        for (int i = 0; i < CLIENTS; i++) {
            final Counter counter = counters[i];
            final SplittableRandom random = seeds.split();
            daemon(CLIENT + i, () -> client(map, random, counter));
        }
        calls = counters; // the debugger waits for this
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void daemon(final String name, final Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static MapElement<Integer, Object> add(final BpfHashMap<Integer, Object> map, final BpfProg program, final int key) {
        must(map.update(key, key));
        final MapElement<Integer, Object> element = map.handle();
        must(map.lookup(key, element));
        must(element.timer().init(map, ClockId.MONOTONIC));
        must(element.timer().setCallback(program, Child::nothing));
        return element;
    }

    private static void must(final Status status) {
        if (status != Status.OK) {
            throw new IllegalStateException(status.toString());
        }
    }

    private static void nothing(final BpfMap<Integer, Object> map, final Integer key, final Object value) {
        // what the clients arm is cancelled, or does nothing
    }

    /** Timers that arm themselves from their callbacks, each a millisecond after the last time. */
    private static void startTrain(final BpfHashMap<Integer, Object> map, final BpfProg program) {
        for (int key = 0; key < TRAIN; key++) {
            final BpfTimer<Integer, Object> timer = add(map, program, key).timer();
            final long[] due = {System.nanoTime() + PERIOD_NS};
            must(timer.setCallback(program, (from, k, value) -> {
                final long now = System.nanoTime();
                fired.add();
                if (now - due[0] > LATE_NS) {
                    late.add();
                }
                due[0] = now + PERIOD_NS;
                timer.start(PERIOD_NS, 0);
            }));
            must(timer.start(PERIOD_NS, 0));
        }
    }

    /** Arms and cancels timers that all clients share, for ever. */
    private static void client(final BpfHashMap<Integer, Object> map, final SplittableRandom random, final Counter counter) {
        final MapElement<Integer, Object> element = map.handle();
        final BpfTimer<Integer, Object> timer = element.timer();
        while (true) {
            map.lookup(TRAIN + random.nextInt(TIMERS), element);
            timer.start(random.nextInt(NEVER_NS), 0);
            if (random.nextBoolean()) {
                timer.cancelAsync();
            }
            counter.add();
        }
    }
}
