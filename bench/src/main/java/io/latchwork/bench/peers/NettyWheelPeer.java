// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Netty's hashed wheel timer. */
final class NettyWheelPeer implements Peer {
    private static final int WHEEL = 512;

    static {
        // the default looks for loggers on the class path, and one of them prints when it is not set up
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }

    private final HashedWheelTimer timer;

    NettyWheelPeer(final ThreadFactory threads, final long tickMs) {
        timer = new HashedWheelTimer(threads, tickMs, TimeUnit.MILLISECONDS, WHEEL, false);
        timer.start();
    }

    @Override
    public Client client(final int timers, final Runnable action) {
        final TimerTask task = timeout -> action.run();
        return new Timeouts(timer, number -> task, new Timeout[timers]);
    }

    @Override
    public Client numbered(final int timers, final IntConsumer action) {
        final TimerTask[] tasks = new TimerTask[timers];
        Arrays.setAll(tasks, number -> timeout -> action.accept(number));
        return new Timeouts(timer, number -> tasks[number], new Timeout[timers]);
    }

    private record Timeouts(HashedWheelTimer timer, IntFunction<TimerTask> tasks, Timeout[] armed) implements Client {
        @Override
        public void arm(final int number, final long delayNs) {
            armed[number] = timer.newTimeout(tasks.apply(number), delayNs, TimeUnit.NANOSECONDS);
        }

        @Override
        public boolean cancel(final int number) {
            return armed[number].cancel();
        }
    }

    @Override
    public void close() {
        timer.stop();
    }
}
