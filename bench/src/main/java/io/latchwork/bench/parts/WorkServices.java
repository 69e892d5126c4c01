// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfWq;
import io.latchwork.async.IdleMode;
import io.latchwork.async.MapElement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/** Services that run works, by name; each with one worker. */
public final class WorkServices {
    private WorkServices() {
    }

    /**
     * Starts one.
     *
     * @param name {@code lockfree}; {@code lockfree-spin} with a base that never sleeps; {@code lockfree-park} with one that
     *     sleeps at once; {@code jdk-pool} for a thread pool on a linked blocking queue; {@code jdk-forkjoin}; or
     *     {@code jctools} for a ring with a thread that polls and parks
     * @param works how many works
     * @param action what each does
     * @return the service
     */
    public static WorkService start(final String name, final int works, final Runnable action) {
        return switch (name) {
            case "lockfree" -> new Works(AsyncRuntime.builder().launch(), works, action);
            case "lockfree-spin" -> new Works(AsyncRuntime.builder().idleMode(IdleMode.BUSY_SPIN).launch(), works, action);
            case "lockfree-park" -> new Works(AsyncRuntime.builder().idleMode(IdleMode.PARK).launch(), works, action);
            case "jdk-pool" -> new Pool(
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()), action);
            case "jdk-forkjoin" -> new Pool(new ForkJoinPool(1), action);
            case "jctools" -> new Ring(works, action);
            default -> throw new IllegalArgumentException("no service " + name);
        };
    }

    private static final class Works implements WorkService {
        private final AsyncRuntime runtime;
        private final BpfProg prog;
        private final BpfArrayMap<Runnable> map;
        private final BpfWq<Integer, Runnable>[] all;

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of generics
        Works(final AsyncRuntime runtime, final int works, final Runnable action) {
            this.runtime = runtime;
            this.prog = runtime.loadProgram("bench", () -> { });
            this.map = runtime.arrayMap("works", works);
            this.all = new BpfWq[works];
            for (int i = 0; i < works; i++) {
                final MapElement<Integer, Runnable> element = map.handle();
                map.updateAt(i, action).orThrow();
                map.lookupAt(i, element).orThrow();
                all[i] = element.wq();
                all[i].init(map).orThrow();
                all[i].setCallback(prog, (from, key, value) -> value.run()).orThrow();
            }
        }

        @Override
        public void start(final int work) {
            all[work].start();
        }

        @Override
        public void close() {
            map.close();
            prog.close();
            runtime.close();
        }
    }

    private record Pool(ExecutorService pool, Runnable action) implements WorkService {
        @Override
        public void start(final int work) {
            pool.execute(action);
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }

    /** A ring that is never full, and a thread that spins for a while before it parks. */
    private static final class Ring implements WorkService {
        private static final int SPINS = 1_000;

        private final MessagePassingQueue<Runnable> ring;
        private final Runnable action;
        private final Thread worker = new Thread(this::work, "ring");
        private volatile boolean isAsleep;
        private volatile boolean isClosed;

        Ring(final int works, final Runnable action) {
            this.ring = new MpscVarHandleArrayQueue<>(Math.max(2, works));
            this.action = action;
            worker.setDaemon(true);
            worker.start();
        }

        private void work() {
            int idle = 0;
            while (!isClosed) {
                final Runnable task = ring.relaxedPoll();
                if (task != null) {
                    idle = 0;
                    task.run();
                } else if (idle++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    isAsleep = true;
                    if (ring.isEmpty() && !isClosed) {
                        LockSupport.park(this);
                    }
                    isAsleep = false;
                }
            }
        }

        @Override
        public void start(final int work) {
            if (!ring.offer(action)) {
                throw new IllegalStateException("the ring is full");
            }
            if (isAsleep) {
                LockSupport.unpark(worker);
            }
        }

        @Override
        public void close() {
            isClosed = true;
            LockSupport.unpark(worker);
        }
    }
}
