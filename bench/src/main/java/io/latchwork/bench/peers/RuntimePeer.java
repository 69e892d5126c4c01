// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** A runtime, lock-free or locked: a map for each client, with a timer in each element. */
final class RuntimePeer implements Peer {
    private final AsyncRuntime runtime;
    private final BpfProg prog;
    private final List<BpfHashMap<Integer, Runnable>> maps = new ArrayList<>();

    RuntimePeer(final AsyncRuntime runtime) {
        this.runtime = runtime;
        this.prog = runtime.loadProgram("bench", () -> { });
    }

    @Override
    public Client client(final int timers, final Runnable action) {
        return client(timers, timer -> action);
    }

    @Override
    public Client numbered(final int timers, final IntConsumer action) {
        return client(timers, timer -> () -> action.accept(timer));
    }

    private synchronized Client client(final int timers, final IntFunction<Runnable> actions) {
        final BpfHashMap<Integer, Runnable> map = runtime.hashMap("timers-" + maps.size(), timers);
        maps.add(map);
        @SuppressWarnings({"unchecked", "rawtypes"})
        final BpfTimer<Integer, Runnable>[] all = new BpfTimer[timers];
        for (int i = 0; i < timers; i++) {
            map.update(i, actions.apply(i)).orThrow();
            all[i] = map.lookup(i).timer();
            all[i].init(map, ClockId.MONOTONIC).orThrow();
            all[i].setCallback(prog, (from, key, value) -> value.run()).orThrow();
        }
        return new Timers(all);
    }

    private record Timers(BpfTimer<Integer, Runnable>[] all) implements Client {
        @Override
        public void arm(final int timer, final long delayNs) {
            all[timer].start(delayNs, 0);
        }

        @Override
        public void armAt(final int timer, final long deadlineNs) {
            all[timer].start(deadlineNs, BpfTimer.TIMER_ABS);
        }

        @Override
        public boolean cancel(final int timer) {
            return all[timer].cancelAsync() == Status.CANCELLED;
        }

        @Override
        public void rearm(final int timer, final long delayNs) {
            all[timer].start(delayNs, 0);
        }
    }

    @Override
    public synchronized void close() {
        maps.forEach(BpfHashMap::close);
        prog.close();
        runtime.close();
    }
}
