// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws that hold whatever the interleaving, for works that three threads start, cancel, flush and bind at random while their
 * callbacks do so too. An OK start makes an idle work pending, CANCELLED and a run make it idle, PENDING changes nothing: so,
 * once all is quiet, the starts that answered OK are as many as the runs and the CANCELLED answers together.
 */
@Timeout(120)
class WqConservationTest {
    private static final int THREADS = 3;
    private static final int WORKS = 3;
    private static final int STEPS = Integer.getInteger("latchwork.conservation.steps", 20_000);

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicLong oks = new AtomicLong();
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();
    private final AtomicLong unloads = new AtomicLong();
    private final AtomicInteger[] inside = new AtomicInteger[WORKS];
    private final long seed = Long.getLong("latchwork.conservation.seed", System.nanoTime());
    private AsyncRuntime rt;
    private BpfProg prog;
    private BpfHashMap<Integer, Integer> map;

    private interface Step {
        void run(Random random, List<BpfWq<Integer, Integer>> works);
    }

    private void launch(int kworkers, Executor executor) {
        System.out.println("WqConservationTest -Dlatchwork.conservation.seed=" + seed);
        AsyncRuntimeBuilder builder = AsyncRuntime.builder().bases(2).kworkers(kworkers)
            .errorHandler((program, inMap, error) -> problems.add(error.toString()));
        if (executor != null) {
            builder.executor(executor);
        }
        rt = builder.launch();
        prog = rt.loadProgram("p", unloads::incrementAndGet);
        map = rt.hashMap("m", WORKS);
        for (int key = 0; key < WORKS; key++) {
            inside[key] = new AtomicInteger();
            map.update(key, key).orThrow();
            BpfWq<Integer, Integer> wq = map.lookup(key).wq();
            wq.init(map).orThrow();
            bind(wq, 0);
        }
    }

    private List<BpfWq<Integer, Integer>> works() {
        List<BpfWq<Integer, Integer>> works = new ArrayList<>();
        for (int key = 0; key < WORKS; key++) {
            works.add(map.lookup(key).wq());
        }
        return works;
    }

    /** A callback that now and then starts or cancels its own work, or another one. */
    private Status bind(BpfWq<Integer, Integer> wq, int restless) {
        return wq.setCallback(prog, (inMap, key, value) -> {
            if (inside[key].incrementAndGet() != 1) {
                problems.add("two runs of " + key + " at once");
            }
            long run = runs.incrementAndGet();
            if (restless > 0 && run % restless == 0) {
                start(inMap.lookup((int) (run / restless % WORKS)).wq());
            } else if (restless > 0 && run % restless == 1) {
                cancelAsync(inMap.lookup((int) (run / restless % WORKS)).wq());
            }
            inside[key].decrementAndGet();
        });
    }

    private void start(BpfWq<Integer, Integer> wq) {
        switch (wq.start()) {
            case OK -> oks.incrementAndGet();
            case PENDING, ECANCELED -> { }
            case EINVAL -> { } // a cancel dropped the callback
            default -> problems.add("start refused");
        }
    }

    private void cancelAsync(BpfWq<Integer, Integer> wq) {
        Status status = wq.cancelAsync();
        if (status == Status.CANCELLED) {
            cancelled.incrementAndGet();
        } else if (status.isRefusal()) {
            problems.add("cancelAsync: " + status);
        }
    }

    private void race(Step step) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(seed + t);
            List<BpfWq<Integer, Integer>> own = works();
            Thread thread = new Thread(() -> {
                try {
                    barrier.await();
                    for (int i = 0; i < STEPS; i++) {
                        step.run(random, own);
                    }
                } catch (Throwable e) {
                    problems.add(e.toString());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Nobody starts from outside any more; callbacks may start each other a few times. */
    private void settle() {
        boolean quiet = false;
        while (!quiet) {
            quiet = true;
            for (BpfWq<Integer, Integer> wq : works()) {
                quiet &= wq.flush() == Status.IDLE;
            }
        }
    }

    private void endClean() {
        rt.close();
        assertEquals(List.of(), List.copyOf(problems), "seed " + seed);
        assertTrue(rt.audit().isClean(), rt.audit().toString());
        assertEquals(1, unloads.get());
    }

    private void everyStartRunsOnceOrIsTakenBack() throws Exception {
        race((random, works) -> {
            BpfWq<Integer, Integer> wq = works.get(random.nextInt(WORKS));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> cancelAsync(wq);
                case 3 -> wq.flush();
                case 4 -> bind(wq, 2 + random.nextInt(20));
                default -> start(wq);
            }
        });
        settle();
        endClean();
        assertEquals(oks.get(), runs.get() + cancelled.get(),
            runs + " runs, " + cancelled + " cancelled, seed " + seed);
        assertTrue(runs.get() > 0 && cancelled.get() > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void everyStartRunsOnceOrIsTakenBack(int kworkers) throws Exception {
        launch(kworkers, null);
        everyStartRunsOnceOrIsTakenBack();
    }

    @Test
    void everyStartRunsOnceOrIsTakenBackOnAnExecutor() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        launch(1, pool);
        everyStartRunsOnceOrIsTakenBack();
        pool.shutdown();
    }

    /** With cancels that wait and drop: each answers for one start at least, and no run begins after it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aCancelThatReturnedHasLeftNothingRunning(int kworkers) throws Exception {
        launch(kworkers, null);
        race((random, works) -> {
            BpfWq<Integer, Integer> wq = works.get(random.nextInt(WORKS));
            switch (random.nextInt(8)) {
                case 0 -> {
                    if (wq.cancel() == Status.CANCELLED) {
                        cancelled.incrementAndGet();
                    }
                }
                case 1 -> cancelAsync(wq);
                case 2 -> wq.flush();
                case 3, 4 -> bind(wq, 5);
                default -> start(wq);
            }
        });
        for (BpfWq<Integer, Integer> wq : works()) {
            wq.cancel().orThrow();
        }
        for (BpfWq<Integer, Integer> wq : works()) { // another's callback may have tried to start it meanwhile, in vain
            assertEquals(Status.IDLE, wq.flush());
            assertEquals(Status.EINVAL, wq.start());
        }
        long before = runs.get();
        endClean();
        assertEquals(before, runs.get());
        assertTrue(runs.get() + cancelled.get() <= oks.get(), runs + " runs, " + cancelled + " cancelled, " + oks + " starts");
        assertTrue(runs.get() > 0 && cancelled.get() > 0);
    }
}
