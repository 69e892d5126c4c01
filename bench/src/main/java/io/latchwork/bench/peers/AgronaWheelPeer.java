// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;

/** Agrona's wheel, called and polled by the one thread that uses it; nothing expires between its calls. */
final class AgronaWheelPeer implements Peer {
    static final long TICK_NS = 1 << 20;
    static final int SPOKES = 1024;

    private static final int CALLS_OF_POLL = 1024;
    private static final int POLL_LIMIT = 1024;

    @Override
    public Client client(final int timers, final Runnable action) {
        return new Wheel(timers, action);
    }

    private static final class Wheel implements Client {
        private final DeadlineTimerWheel wheel =
            new DeadlineTimerWheel(TimeUnit.NANOSECONDS, System.nanoTime(), TICK_NS, SPOKES);
        private final long[] ids;
        private final Runnable action;
        private int calls;

        private Wheel(final int timers, final Runnable action) {
            this.ids = new long[timers];
            this.action = action;
            Arrays.fill(ids, DeadlineTimerWheel.NULL_DEADLINE);
        }

        @Override
        public void arm(final int timer, final long delayNs) {
            final long now = System.nanoTime();
            ids[timer] = wheel.scheduleTimer(now + delayNs);
            if (++calls % CALLS_OF_POLL == 0) {
                wheel.poll(now, (unit, time, id) -> {
                    action.run();
                    return true;
                }, POLL_LIMIT);
            }
        }

        @Override
        public boolean cancel(final int timer) {
            return wheel.cancelTimer(ids[timer]);
        }
    }

    @Override
    public void close() {
        // nothing runs
    }
}
