// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.contract.Driver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Works that the user's executor runs, whatever it makes of them. */
@Timeout(60)
class WqExecutorTest {
    private final List<String> reports = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> ranOn = Collections.synchronizedList(new ArrayList<>());
    private final List<Status> answers = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Runnable> held = new ArrayDeque<>();
    private final AtomicInteger unloads = new AtomicInteger();
    private AsyncRuntime rt;
    private Driver driver;
    private BpfProg prog;
    private BpfHashMap<Integer, String> map;

    private void build(Executor executor) {
        use(builder(executor).build());
        driver = new Driver(rt);
    }

    private AsyncRuntimeBuilder builder(Executor executor) {
        return AsyncRuntime.builder().executor(executor)
            .errorHandler((program, inMap, error) -> reports.add(program + "/" + inMap + "/" + error));
    }

    private void use(AsyncRuntime runtime) {
        rt = runtime;
        prog = rt.loadProgram("prog", unloads::incrementAndGet);
        map = rt.hashMap("map", 16);
    }

    private BpfWq<Integer, String> work(int key, WorkCallback<Integer, String> callback) {
        map.update(key, "v" + key).orThrow();
        BpfWq<Integer, String> wq = map.lookup(key).wq();
        wq.init(map).orThrow();
        wq.setCallback(prog, callback).orThrow();
        return wq;
    }

    private BpfWq<Integer, String> work(int key) {
        return work(key, (inMap, k, value) -> ranOn.add(Thread.currentThread()));
    }

    private void closeClean() {
        rt.close();
        assertTrue(rt.audit().isClean(), rt.audit().toString());
        assertEquals(1, unloads.get());
    }

    @Test
    void theExecutorRunsTheWorkAndTheKworkerDoesNot() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        build(pool);
        BpfWq<Integer, String> wq = work(1);
        for (int i = 1; i <= 100; i++) {
            assertEquals(Status.OK, wq.start());
            driver.drain();
            wq.flush();
            assertEquals(i, ranOn.size());
        }
        assertFalse(ranOn.contains(Thread.currentThread()));
        closeClean();
        assertFalse(pool.isShutdown());
        pool.shutdown();
        assertTrue(pool.awaitTermination(20, TimeUnit.SECONDS));
    }

    @Test
    void anExecutorMayRunItInTheCaller() {
        build(Runnable::run);
        work(1).start().orThrow();
        driver.drain();
        assertEquals(List.of(Thread.currentThread()), ranOn);
        closeClean();
    }

    @Test
    void aWorkThatIsRefusedIsReportedAndRunByTheKworker() {
        build(task -> {
            throw new RejectedExecutionException("full");
        });
        work(1).start().orThrow();
        driver.drain();
        assertEquals(List.of(Thread.currentThread()), ranOn);
        assertEquals(List.of("prog/map/" + new RejectedExecutionException("full")), reports);
        closeClean();
    }

    @Test
    void anExecutorThatTakesItAndThrowsDoesNotMakeItRunTwice() {
        build(task -> {
            held.add(task);
            throw new OutOfMemoryError("mine");
        });
        BpfWq<Integer, String> wq = work(1);
        wq.start().orThrow();
        driver.drain();
        assertEquals(1, ranOn.size());
        wq.start().orThrow();
        held.remove().run();
        assertEquals(1, ranOn.size(), "that task is spent");
        driver.drain();
        assertEquals(2, ranOn.size());
        held.remove().run();
        assertEquals(2, ranOn.size());
        closeClean();
    }

    @Test
    void anExecutorThatRunsATaskTwiceRunsAWorkOnce() {
        build(task -> {
            task.run();
            task.run();
        });
        work(1).start().orThrow();
        driver.drain();
        assertEquals(1, ranOn.size());
        closeClean();
    }

    @Test
    void whatTheExecutorHasMayBeCancelledAndStartedAgain() {
        build(held::add);
        BpfWq<Integer, String> wq = work(1);
        wq.start().orThrow();
        driver.drain();
        assertEquals(1, held.size());
        assertEquals(Status.PENDING, wq.start());
        assertEquals(Status.CANCELLED, wq.cancelAsync());
        assertEquals(Status.IDLE, wq.flush());
        assertEquals(Status.OK, wq.start());
        driver.drain();
        assertEquals(1, held.size(), "it has it already");
        held.remove().run();
        assertEquals(1, ranOn.size());
        driver.drain();
        assertEquals(0, held.size());
        assertEquals(Status.OK, wq.start());
        assertEquals(Status.CANCELLED, wq.cancel());
        driver.drain();
        held.clear(); // an empty hand-over must not be lost either: the item was never handed over
        closeClean();
    }

    @Test
    void anItemThatTheExecutorHasIsInUse() {
        build(held::add);
        work(1).start().orThrow();
        driver.drain();
        map.delete(1).orThrow();
        driver.drain();
        assertEquals(1, rt.audit().blocks());
        held.remove().run();
        assertEquals(List.of(), ranOn, "the element is gone");
        driver.drain();
        assertEquals(0, rt.audit().blocks());
        closeClean();
    }

    @Test
    void anExecutorThatForgetsAnItemHoldsClosingUpForTheTimeOutOnly() {
        use(builder(task -> { }).closeTimeoutNs(10_000_000).launch());
        BpfWq<Integer, String> wq = work(1);
        wq.start().orThrow();
        CountDownLatch passedOn = new CountDownLatch(1);
        rt.newTimer(prog, timer -> passedOn.countDown()).start(0, 0).orThrow();
        await(passedOn);
        rt.close();
        assertEquals(1, rt.audit().blocks());
        assertEquals(1, rt.audit().programs(), "the item holds it");
    }

    @Test
    void closingWaitsForWhatTheExecutorRuns() {
        ExecutorService pool = Executors.newCachedThreadPool();
        use(builder(pool).launch());
        CountDownLatch running = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        work(1, (inMap, key, value) -> {
            running.countDown();
            for (int i = 0; i < 2_000; i++) {
                Thread.yield();
            }
            ended.incrementAndGet();
        }).start().orThrow();
        await(running);
        closeClean();
        assertEquals(1, ended.get());
        pool.shutdown();
    }

    @Test
    void callbacksOnAnExecutorKnowTheirOwnWork() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        use(builder(pool).launch());
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        work(1, (inMap, key, value) -> {
            answers.add(inMap.lookup(key).wq().cancel());
            answers.add(inMap.lookup(key).wq().flush());
            BpfWq<Integer, String> other = map.lookup(2).wq();
            answers.add(other.start());
            other.flush();
            answers.add(other.flush());
            ran.complete(Thread.currentThread());
        });
        work(2);
        map.lookup(1).wq().start().orThrow();
        Thread first = ran.get(20, TimeUnit.SECONDS);
        assertEquals(List.of(Status.EDEADLK, Status.EDEADLK, Status.OK, Status.IDLE), answers);
        assertNotSame(first, ranOn.get(0));
        closeClean();
        pool.shutdown();
    }

    @Test
    void aWorkMayCloseTheRuntimeFromAnExecutor() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        use(builder(pool).launch());
        work(1, (inMap, key, value) -> rt.close()).start().orThrow();
        while (!rt.audit().isClean()) {
            Thread.onSpinWait();
        }
        assertEquals(1, unloads.get());
        pool.shutdown();
    }

    /** As a pool does whose threads help each other out: a callback that waits for it runs another item meanwhile. */
    @Test
    void anItemThatIsRunInsideOfAnothersCallbackCannotWaitForThatOne() {
        build(held::add);
        work(1, (inMap, key, value) -> {
            ranOn.add(Thread.currentThread());
            held.remove().run();
            answers.add(map.lookup(1).wq().cancel());
        });
        work(2, (inMap, key, value) -> {
            ranOn.add(Thread.currentThread());
            answers.add(map.lookup(1).wq().cancel());
            answers.add(map.lookup(1).wq().flush());
            answers.add(map.lookup(2).wq().cancel());
            answers.add(map.lookup(3).wq().cancel());
        });
        work(3);
        map.lookup(1).wq().start().orThrow();
        map.lookup(2).wq().start().orThrow();
        driver.drain();
        held.remove().run();
        assertEquals(2, ranOn.size());
        assertSame(ranOn.get(0), ranOn.get(1));
        assertEquals(List.of(Status.EDEADLK, Status.EDEADLK, Status.EDEADLK, Status.IDLE, Status.EDEADLK), answers);
        driver.drain();
        closeClean();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS), "timed out");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
