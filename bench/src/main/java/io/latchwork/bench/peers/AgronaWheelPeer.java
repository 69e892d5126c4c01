// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;

/**
 * Agrona's wheel, called by the one thread that uses it; nothing expires between its calls. It hands out numbers and knows of no
 * actions, so what expires does that of the client made last: to look it up would cost what the wheel does not. Only numbered
 * timers are looked up, since there is no other way to tell which one expired.
 */
final class AgronaWheelPeer implements Peer {
    static final long TICK_NS = 1 << 20;
    /** A finer tick: the slots of a spoke are searched one after another, and with it fewer timers share one. */
    static final long FINE_TICK_NS = 1 << 16;
    static final int SPOKES = 1024;

    private static final int CALLS_OF_POLL = 1024;
    private static final int POLL_LIMIT = 1024;

    private final DeadlineTimerWheel wheel;
    private LongConsumer lastAction = id -> { };
    private int calls;

    /**
     * @param tickNs its resolution; a power of two
     */
    AgronaWheelPeer(final long tickNs) {
        wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, System.nanoTime(), tickNs, SPOKES);
    }

    @Override
    public Client client(final int timers, final Runnable action) {
        lastAction = id -> action.run();
        return new Numbers(timers);
    }

    @Override
    public Client numbered(final int timers, final IntConsumer action) {
        final NumberedTimers client = new NumberedTimers(timers);
        lastAction = id -> action.accept((int) client.timerOfId.remove(id));
        return client;
    }

    private void expire(final long now) {
        wheel.poll(now, (unit, time, id) -> {
            lastAction.accept(id);
            return true;
        }, POLL_LIMIT);
    }

    private class Numbers implements Client {
        private final long[] ids;

        private Numbers(final int timers) {
            this.ids = new long[timers];
            Arrays.fill(ids, DeadlineTimerWheel.NULL_DEADLINE);
        }

        @Override
        public void arm(final int timer, final long delayNs) {
            final long now = System.nanoTime();
            schedule(timer, now + delayNs);
            if (++calls % CALLS_OF_POLL == 0) {
                expire(now);
            }
        }

        @Override
        public void armAt(final int timer, final long deadlineNs) {
            schedule(timer, deadlineNs);
            if (++calls % CALLS_OF_POLL == 0) {
                poll();
            }
        }

        long schedule(final int timer, final long deadlineNs) {
            final long id = wheel.scheduleTimer(deadlineNs);
            ids[timer] = id;
            return id;
        }

        @Override
        public boolean cancel(final int timer) {
            return wheel.cancelTimer(ids[timer]);
        }

        @Override
        public boolean isPolled() {
            return true;
        }

        @Override
        public void poll() {
            expire(System.nanoTime());
        }
    }

    private final class NumberedTimers extends Numbers {
        private final Long2LongHashMap timerOfId = new Long2LongHashMap(DeadlineTimerWheel.NULL_DEADLINE);

        private NumberedTimers(final int timers) {
            super(timers);
        }

        @Override
        long schedule(final int timer, final long deadlineNs) {
            final long id = super.schedule(timer, deadlineNs);
            timerOfId.put(id, timer); // a number that was cancelled is handed out again, and replaced here
            return id;
        }
    }

    @Override
    public void close() {
        // nothing runs
    }
}
