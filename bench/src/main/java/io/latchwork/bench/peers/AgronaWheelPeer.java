// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;

/**
 * Agrona's wheel, called by the one thread that uses it; nothing expires between its calls. It hands out numbers and knows of no
 * actions, so what expires does that of the client made last: to look it up would cost what the wheel does not.
 */
final class AgronaWheelPeer implements Peer {
    static final long TICK_NS = 1 << 20;
    static final int SPOKES = 1024;

    private static final int CALLS_OF_POLL = 1024;
    private static final int POLL_LIMIT = 1024;

    private final DeadlineTimerWheel wheel =
        new DeadlineTimerWheel(TimeUnit.NANOSECONDS, System.nanoTime(), TICK_NS, SPOKES);
    private Runnable lastAction = () -> { };
    private int calls;

    @Override
    public Client client(final int timers, final Runnable action) {
        lastAction = action;
        return new Numbers(timers);
    }

    private void expire(final long now) {
        wheel.poll(now, (unit, time, id) -> {
            lastAction.run();
            return true;
        }, POLL_LIMIT);
    }

    private final class Numbers implements Client {
        private final long[] ids;

        private Numbers(final int timers) {
            this.ids = new long[timers];
            Arrays.fill(ids, DeadlineTimerWheel.NULL_DEADLINE);
        }

        @Override
        public void arm(final int timer, final long delayNs) {
            final long now = System.nanoTime();
            ids[timer] = wheel.scheduleTimer(now + delayNs);
            if (++calls % CALLS_OF_POLL == 0) {
                expire(now);
            }
        }

        @Override
        public boolean cancel(final int timer) {
            return wheel.cancelTimer(ids[timer]);
        }

        @Override
        public void poll() {
            expire(System.nanoTime());
        }
    }

    @Override
    public void close() {
        // nothing runs
    }
}
