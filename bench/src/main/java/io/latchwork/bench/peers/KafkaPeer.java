// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.apache.kafka.server.util.timer.SystemTimer;
import org.apache.kafka.server.util.timer.SystemTimerReaper;
import org.apache.kafka.server.util.timer.Timer;
import org.apache.kafka.server.util.timer.TimerTask;

/** Kafka's hierarchical wheel with its reaper thread: milliseconds. */
final class KafkaPeer implements Peer {
    private final Timer timer = new SystemTimerReaper("kafka-timers", new SystemTimer("kafka-timers"));

    @Override
    public Client client(final int timers, final Runnable action) {
        return new Tasks(timer, number -> action, new TimerTask[timers]);
    }

    @Override
    public Client numbered(final int timers, final IntConsumer action) {
        return new Tasks(timer, NumberedActions.of(timers, action), new TimerTask[timers]);
    }

    private record Tasks(Timer timer, IntFunction<Runnable> actions, TimerTask[] armed) implements Client {
        @Override
        public void arm(final int number, final long delayNs) {
            final TimerTask task = new Task(TimeUnit.NANOSECONDS.toMillis(delayNs), actions.apply(number));
            armed[number] = task;
            timer.add(task);
        }

        @Override
        public boolean cancel(final int number) {
            armed[number].cancel();
            return true;
        }
    }

    private static final class Task extends TimerTask {
        private final Runnable action;

        private Task(final long delayMs, final Runnable action) {
            super(delayMs);
            this.action = action;
        }

        @Override
        public void run() {
            action.run();
        }
    }

    @Override
    public void close() {
        try {
            timer.close();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
