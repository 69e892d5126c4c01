// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.memory;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.AsyncTimer;
import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.TimerCallback;
import io.latchwork.bench.peers.Peer;
import io.latchwork.bench.peers.Peers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many timers, armed one to two hours ahead. What the caller owns, such as keys, is made before. */
abstract class ArmedTimers implements AutoCloseable {
    static final String HASH = "hash map";
    static final String ARRAY = "array map";
    static final String MAPLESS = "newTimer";
    static final List<String> OWN = List.of(HASH, ARRAY, MAPLESS);

    private static final long NEAR_NS = TimeUnit.HOURS.toNanos(1);
    private static final long SEED = 1;

    final int count;
    private final Random random = new Random(SEED);

    ArmedTimers(final int count) {
        this.count = count;
    }

    /**
     * Starts a service, without timers.
     *
     * @param name one of {@link #OWN}, or a peer's
     * @param count how many timers there will be
     */
    static ArmedTimers start(final String name, final int count) {
        return switch (name) {
            case HASH -> new InHashMap(count);
            case ARRAY -> new InArrayMap(count);
            case MAPLESS -> new WithoutMap(count);
            default -> new OfPeer(name, count);
        };
    }

    /** Makes and arms the timers. */
    abstract void arm();

    /** Waits until the service has dealt with what was handed to it. */
    abstract void settle() throws InterruptedException;

    /** Where everything that belongs to the service and its timers is found. */
    abstract Object root();

    @Override
    public abstract void close();

    final long delayNs() {
        return NEAR_NS + (long) (random.nextDouble() * NEAR_NS);
    }

    /** Timers of a runtime. */
    private abstract static class OfRuntime extends ArmedTimers {
        final AsyncRuntime runtime = AsyncRuntime.builder().launch();
        final BpfProg prog = runtime.loadProgram("memory", () -> { });
        final TimerCallback<Integer, Object> callback = (map, key, value) -> { };

        OfRuntime(final int count) {
            super(count);
        }

        final void arm(final BpfTimer<Integer, Object> timer) {
            timer.setCallback(prog, callback).orThrow();
            timer.start(delayNs(), 0).orThrow();
        }

        /** Its base takes what it is told in turn: when a timer that was armed last expires, it has seen all others. */
        @Override
        void settle() throws InterruptedException {
            final CountDownLatch seen = new CountDownLatch(1);
            try (AsyncTimer last = runtime.newTimer(prog, timer -> seen.countDown())) {
                last.start(0, 0).orThrow();
                seen.await();
            }
        }

        @Override
        Object root() {
            return List.of(runtime, prog, callback);
        }

        @Override
        public void close() {
            runtime.close();
        }
    }

    private static final class InHashMap extends OfRuntime {
        private final Integer[] keys;
        private BpfHashMap<Integer, Object> map;

        InHashMap(final int count) {
            super(count);
            keys = new Integer[count];
            Arrays.setAll(keys, Integer::valueOf);
        }

        @Override
        void arm() {
            map = runtime.hashMap("timers", count);
            final MapElement<Integer, Object> handle = map.handle();
            for (final Integer key : keys) {
                map.update(key, callback).orThrow();
                map.lookup(key, handle).orThrow();
                handle.timer().init(map, ClockId.MONOTONIC).orThrow();
                arm(handle.timer());
            }
        }

        @Override
        Object root() {
            return map == null ? List.of(super.root(), keys) : List.of(super.root(), keys, map);
        }
    }

    private static final class InArrayMap extends OfRuntime {
        private BpfArrayMap<Object> map;

        InArrayMap(final int count) {
            super(count);
        }

        @Override
        void arm() {
            map = runtime.arrayMap("timers", count);
            final MapElement<Integer, Object> handle = map.handle();
            for (int i = 0; i < count; i++) {
                map.updateAt(i, callback).orThrow();
                map.lookupAt(i, handle).orThrow();
                handle.timer().init(map, ClockId.MONOTONIC).orThrow();
                arm(handle.timer());
            }
        }

        @Override
        Object root() {
            return map == null ? super.root() : List.of(super.root(), map);
        }
    }

    private static final class WithoutMap extends OfRuntime {
        private final AsyncTimer[] timers;

        WithoutMap(final int count) {
            super(count);
            timers = new AsyncTimer[count];
        }

        @Override
        void arm() {
            for (int i = 0; i < count; i++) {
                timers[i] = runtime.newTimer(prog, timer -> { }, ClockId.MONOTONIC);
                timers[i].start(delayNs(), 0).orThrow();
            }
        }

        @Override
        Object root() {
            return List.of(super.root(), timers);
        }
    }

    /** Timers of a peer, and the references that its clients keep in order to cancel them. */
    private static final class OfPeer extends ArmedTimers {
        private final Peer peer;
        private Peer.Client client;

        OfPeer(final String name, final int count) {
            super(count);
            peer = Peers.start(name);
        }

        @Override
        void arm() {
            client = peer.client(count, () -> { });
            for (int i = 0; i < count; i++) {
                client.arm(i, delayNs());
            }
        }

        @Override
        void settle() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1); // a peer does not tell
        }

        @Override
        Object root() {
            return client == null ? List.of(peer) : List.of(peer, client);
        }

        @Override
        public void close() {
            peer.close();
        }
    }
}
