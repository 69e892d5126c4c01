// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.rcu.Rcu;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Flavours with one bug each. A run that does not fail with one of these proves nothing. */
final class BustedFlavours {
    /** One call in so many is affected where a bug strikes now and then. */
    private static final int NOW_AND_THEN = 64;

    private BustedFlavours() {
    }

    /** Callbacks run at once, that is, as soon as a thread of their own gets to them: no grace period. */
    static final class Callbacks extends DomainFlavour {
        private final LinkedBlockingQueue<Callback> queue = new LinkedBlockingQueue<>();
        private final Thread runner = new Thread(this::runAll, "busted-callbacks");
        private volatile boolean closed;

        Callbacks(final Setup setup) {
            super(setup);
            runner.setDaemon(true);
            runner.start();
        }

        private void runAll() {
            while (!closed) {
                try {
                    final Callback callback = queue.poll(1, TimeUnit.MILLISECONDS);
                    if (callback != null) {
                        callback.run();
                    }
                } catch (final InterruptedException e) {
                    return;
                }
            }
        }

        @Override
        public void callRcu(final Callback callback) {
            queue.add(callback);
        }

        @Override
        public boolean tryCallRcu(final Callback callback) {
            return queue.add(callback);
        }

        @Override
        public void callRcuThrottled(final Callback callback) {
            queue.add(callback);
        }

        @Override
        public void barrier() throws InterruptedException {
            final AtomicInteger done = new AtomicInteger();
            queue.add(new Callback() {
                @Override
                void run() {
                    done.set(1);
                }
            });
            while (done.get() == 0 && runner.isAlive()) {
                Thread.sleep(1);
            }
        }

        @Override
        public void close() {
            closed = true;
            super.close();
        }
    }

    /** Waiting for a grace period does nothing. */
    static final class Sync extends DomainFlavour {
        Sync(final Setup setup) {
            super(setup);
        }

        @Override
        public void synchronize() {
            // the bug
        }

        @Override
        public boolean synchronize(final long timeoutNs) {
            return true;
        }

        @Override
        public void synchronizeExpedited() {
            // the bug
        }
    }

    /** Grace periods do not wait for the readers that are inside: those are registered in another domain. */
    static final class Readers extends DomainFlavour {
        private final Rcu elsewhere;

        Readers(final Setup setup) {
            super(setup);
            elsewhere = setup.newDomain();
        }

        @Override
        public Object readLock() {
            return elsewhere.readLock();
        }

        @Override
        public boolean isReadHeld() {
            return elsewhere.isReadHeld();
        }

        @Override
        public void close() {
            super.close();
            elsewhere.close();
        }
    }

    /** Cookies are one too small: done by a grace period that began before they were made. */
    static final class Cookie extends DomainFlavour {
        Cookie(final Setup setup) {
            super(setup);
        }

        @Override
        public long startPoll() {
            return Math.max(1, super.startPoll() - 1);
        }
    }

    /** Levels are not counted: the first unlock ends them all. */
    static final class Nest extends DomainFlavour {
        private static final Object INNER = new Object();

        Nest(final Setup setup) {
            super(setup);
        }

        @Override
        public Object readLock() {
            return isReadHeld() ? INNER : super.readLock();
        }

        @Override
        public void readUnlock(final Object token) {
            if (token != INNER) {
                super.readUnlock(token);
            }
        }
    }

    /** The barrier waits for a grace period, but not for the callbacks. */
    static final class Barrier extends DomainFlavour {
        Barrier(final Setup setup) {
            super(setup);
        }

        @Override
        public void barrier() throws InterruptedException {
            synchronize();
        }
    }

    /** A callback is lost now and then. */
    static final class Lossy extends DomainFlavour {
        private final AtomicInteger calls = new AtomicInteger();

        Lossy(final Setup setup) {
            super(setup);
        }

        @Override
        public void callRcu(final Callback callback) {
            if (calls.incrementAndGet() % NOW_AND_THEN != 0) {
                super.callRcu(callback);
            }
        }
    }

    /** A callback wakes nobody: it is run when the next one comes, or a barrier. */
    static final class Sleepy extends DomainFlavour {
        private final AtomicReference<Callback> last = new AtomicReference<>();

        Sleepy(final Setup setup) {
            super(setup);
        }

        @Override
        public void callRcu(final Callback callback) {
            queue(last.getAndSet(callback));
        }

        private void queue(final Callback callback) {
            if (callback != null) {
                super.callRcu(callback);
            }
        }

        @Override
        public void barrier() throws InterruptedException {
            queue(last.getAndSet(null));
            super.barrier();
        }
    }

    /** A wait does not end now and then, unless it is interrupted. */
    static final class Stuck extends DomainFlavour {
        private final AtomicInteger calls = new AtomicInteger();

        Stuck(final Setup setup) {
            super(setup);
        }

        private void perhapsForEver() throws InterruptedException {
            if (calls.incrementAndGet() % NOW_AND_THEN == 0) {
                while (!Thread.interrupted()) {
                    LockSupport.park(this);
                }
                throw new InterruptedException();
            }
        }

        @Override
        public void synchronize() throws InterruptedException {
            perhapsForEver();
            super.synchronize();
        }

        @Override
        public void synchronizeExpedited() throws InterruptedException {
            perhapsForEver();
            super.synchronizeExpedited();
        }

        @Override
        public void condSynchronize(final long cookie) throws InterruptedException {
            perhapsForEver();
            super.condSynchronize(cookie);
        }
    }

    /** Readers are only counted, but say that they are known by name: one that dies inside is waited for, for ever. */
    static final class Undead extends DomainFlavour {
        private final Map<Thread, Deque<Object>> open = new ConcurrentHashMap<>();

        Undead(final Setup setup) {
            super(setup.with(Scenario.COUNTED));
        }

        @Override
        public Object readLock() {
            final Object token = super.readLock();
            open.computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>()).push(token);
            return token;
        }

        @Override
        public void readUnlock(final Object token) {
            open.get(Thread.currentThread()).remove(token);
            super.readUnlock(token);
        }

        @Override
        public boolean isReadHeld() {
            return true;
        }

        @Override
        public void close() {
            open.values().forEach(tokens -> tokens.forEach(super::readUnlock)); // else the domain's thread never ends
            super.close();
        }
    }
}
