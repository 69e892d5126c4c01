// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * Agrona's wheel on a thread of its own, told what to do by a JCTools queue: how one makes that wheel usable from many threads. A
 * cancel has no answer, and producers wait when the queue is full.
 */
final class AgronaQueuePeer implements Peer, Agent {
    private static final int CAPACITY = 65_536;
    private static final int BATCH = 1024;
    private static final long NONE = Long.MIN_VALUE;
    private static final long MAX_PARK_NS = 100_000;
    private static final int ID_BITS = 40;

    private record Command(long id, long deadlineNs, Runnable action) {
    }

    private final MpscAtomicArrayQueue<Command> commands = new MpscAtomicArrayQueue<>(CAPACITY);
    private final DeadlineTimerWheel wheel =
        new DeadlineTimerWheel(TimeUnit.NANOSECONDS, System.nanoTime(), AgronaWheelPeer.TICK_NS, AgronaWheelPeer.SPOKES);
    private final Long2LongHashMap timerOfId = new Long2LongHashMap(NONE);
    private final Long2ObjectHashMap<Command> commandOfTimer = new Long2ObjectHashMap<>();
    private final AgentRunner runner;
    private long clients;

    AgronaQueuePeer(final ThreadFactory threads) {
        runner = new AgentRunner(new BackoffIdleStrategy(100, 10, 1_000, MAX_PARK_NS), Throwable::printStackTrace, null, this);
        AgentRunner.startOnThread(runner, threads);
    }

    @Override
    public Client client(final int timers, final Runnable action) {
        return client(timer -> action);
    }

    @Override
    public Client numbered(final int timers, final IntConsumer action) {
        return client(NumberedActions.of(timers, action));
    }

    private synchronized Client client(final IntFunction<Runnable> actions) {
        final long first = clients++ << ID_BITS;
        return new Client() {
            @Override
            public void arm(final int timer, final long delayNs) {
                armAt(timer, System.nanoTime() + delayNs);
            }

            @Override
            public void armAt(final int timer, final long deadlineNs) {
                send(new Command(first + timer, deadlineNs, actions.apply(timer)));
            }

            @Override
            public boolean cancel(final int timer) {
                send(new Command(first + timer, NONE, null));
                return true;
            }

            @Override
            public void rearm(final int timer, final long delayNs) {
                arm(timer, delayNs);
            }
        };
    }

    private void send(final Command command) {
        while (!commands.offer(command)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public int doWork() {
        int work = commands.drain(this::carryOut, BATCH);
        work += wheel.poll(System.nanoTime(), (unit, time, timer) -> {
            final Command expired = commandOfTimer.remove(timer);
            timerOfId.remove(expired.id());
            expired.action().run();
            return true;
        }, BATCH);
        return work;
    }

    private void carryOut(final Command command) {
        final long armed = timerOfId.remove(command.id());
        if (armed != NONE) {
            wheel.cancelTimer(armed);
            commandOfTimer.remove(armed);
        }
        if (command.action() != null) {
            final long timer = wheel.scheduleTimer(command.deadlineNs());
            timerOfId.put(command.id(), timer);
            commandOfTimer.put(timer, command);
        }
    }

    @Override
    public String roleName() {
        return "agrona-timers";
    }

    @Override
    public void close() {
        runner.close();
    }
}
