// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Anything with the JDK's interface: its thread pool, its fork-join pool from JDK 25 on, Netty's event executor. */
final class ScheduledPeer implements Peer {
    private final ScheduledExecutorService service;
    private final Runnable stop;

    /**
     * @param service the service
     * @param stop how it is stopped
     */
    ScheduledPeer(final ScheduledExecutorService service, final Runnable stop) {
        this.service = service;
        this.stop = stop;
    }

    @Override
    public Client client(final int timers, final Runnable action) {
        return new Futures(service, timer -> action, new Future<?>[timers]);
    }

    @Override
    public Client numbered(final int timers, final IntConsumer action) {
        return new Futures(service, NumberedActions.of(timers, action), new Future<?>[timers]);
    }

    private record Futures(ScheduledExecutorService service, IntFunction<Runnable> actions, Future<?>[] armed)
        implements Client {
        @Override
        public void arm(final int timer, final long delayNs) {
            armed[timer] = service.schedule(actions.apply(timer), delayNs, TimeUnit.NANOSECONDS);
        }

        @Override
        public boolean cancel(final int timer) {
            return armed[timer].cancel(false);
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
