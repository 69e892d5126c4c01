// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.Audit;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** What the tests of the kinds of maps start from, which the lock-free engine alone has. */
abstract class LockFreeCase extends ContractCase {
    /** A task that may throw. */
    interface Racer {
        void run() throws Exception;
    }

    @Override
    final Variant variant() {
        return new LockFreeContractTest();
    }

    final void useSystemClock(int bases) {
        use(RuntimeSpec.launched(AsyncClock.system(), this::onError).withBases(bases));
    }

    /** A timer of a key that is there, with its callback set. */
    final <K, V> BpfTimer<K, V> timerOf(BpfMap<K, V> in, K key, TimerCallback<K, V> callback) {
        MapElement<K, V> element = in.lookup(key);
        assertNotNull(element, "key " + key);
        BpfTimer<K, V> timer = element.timer();
        assertEquals(Status.OK, timer.init(in, ClockId.MONOTONIC));
        assertEquals(Status.OK, timer.setCallback(prog, callback));
        return timer;
    }

    /** An armed timer of a key that is there; it records its expiry. */
    final <K, V> BpfTimer<K, V> armedIn(BpfMap<K, V> in, K key, long delayMs) {
        BpfTimer<K, V> timer = timerOf(in, key, (ofMap, k, value) -> fired.add(k + "=" + value + "@" + sinceStart()));
        assertEquals(Status.OK, timer.start(delayMs * MS, 0));
        return timer;
    }

    /** A work of a key that is there, pending; it records its run. */
    final <K, V> BpfWq<K, V> pendingIn(BpfMap<K, V> in, K key) {
        BpfWq<K, V> work = in.lookup(key).wq();
        assertEquals(Status.OK, work.init(in));
        assertEquals(Status.OK, work.setCallback(prog, (ofMap, k, value) -> fired.add("work " + k + "=" + value)));
        assertEquals(Status.OK, work.start());
        return work;
    }

    /** Closes the runtime; then nothing of it may be left. */
    final void closeCleanly() {
        prog.close();
        rt.close();
        Audit audit = rt.audit();
        assertTrue(audit.isClean(), audit.toString());
        assertEquals(List.of(), errors);
    }

    /** Runs tasks at the same time, from one barrier on, and waits for all of them. */
    static void race(Racer... racers) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(racers.length);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Racer racer : racers) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            running.add(done);
            Thread thread = new Thread(() -> {
                try {
                    barrier.await(20, TimeUnit.SECONDS);
                    racer.run();
                    done.complete(null);
                } catch (Throwable t) {
                    done.completeExceptionally(t);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        for (CompletableFuture<Void> done : running) {
            done.get(40, TimeUnit.SECONDS);
        }
    }
}
