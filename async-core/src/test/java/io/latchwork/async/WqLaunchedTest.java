// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Works on threads: what waits for what, and what must not. */
@Timeout(60)
class WqLaunchedTest {
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger unloads = new AtomicInteger();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private AsyncRuntime rt;
    private BpfProg prog;
    private BpfHashMap<Integer, String> map;

    private void launch(int kworkers) {
        rt = AsyncRuntime.builder().bases(2).kworkers(kworkers)
            .errorHandler((program, inMap, error) -> problems.add(program + "/" + inMap + "/" + error)).launch();
        prog = rt.loadProgram("prog", unloads::incrementAndGet);
        map = rt.hashMap("map", 64);
    }

    @AfterEach
    void everythingGoesBack() {
        mayEnd.countDown();
        rt.close();
        assertTrue(rt.audit().isClean(), rt.audit().toString());
        assertEquals(1, unloads.get(), "unloads");
        assertEquals(List.of(), problems);
    }

    private BpfWq<Integer, String> work(int key, WorkCallback<Integer, String> callback) {
        map.update(key, "v" + key).orThrow();
        BpfWq<Integer, String> wq = map.lookup(key).wq();
        wq.init(map).orThrow();
        wq.setCallback(prog, callback).orThrow();
        return wq;
    }

    /** Another handle of a work, for another thread. */
    private BpfWq<Integer, String> wq(int key) {
        return map.lookup(key).wq();
    }

    private void block(Object inMap, Object key, Object value) {
        running.countDown();
        await(mayEnd);
        ended.set(true);
    }

    private static void await(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                done = latch.await(20, TimeUnit.SECONDS);
                assertTrue(done, "timed out");
            } catch (InterruptedException goOn) {
                // a runtime that closes interrupts; these callbacks are stubborn
            }
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    /** Gives another thread every chance to finish too early. */
    private static boolean isSoonDone(CompletableFuture<?> future) {
        for (int i = 0; i < 2_000 && !future.isDone(); i++) {
            Thread.yield();
        }
        return future.isDone();
    }

    /** A call on another thread, which goes on when it has begun to wait or is done. */
    private CompletableFuture<Status> ask(int key, Function<BpfWq<Integer, String>, Status> call) {
        BpfWq<Integer, String> wq = wq(key);
        CompletableFuture<Status> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer.complete(call.apply(wq)));
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING && !answer.isDone()) {
            Thread.onSpinWait();
        }
        return answer;
    }

    private static void flushUntilIdle(BpfWq<Integer, String> wq) {
        Status status = wq.flush();
        while (status == Status.OK) {
            status = wq.flush();
        }
        assertEquals(Status.IDLE, status);
    }

    // ------------------------------------------------------------------------------------------------- running

    @Test
    void aWorkStartedWhileItRunsRunsOnceMore() {
        launch(2);
        AtomicInteger runs = new AtomicInteger();
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            if (runs.incrementAndGet() == 1) {
                block(inMap, key, value);
            }
        });
        wq.start().orThrow();
        await(running);
        assertEquals(Status.OK, wq.start());
        assertEquals(Status.PENDING, wq.start());
        assertEquals(Status.PENDING, wq.start());
        mayEnd.countDown();
        assertFalse(wq.flush().isRefusal());
        assertEquals(2, runs.get());
        assertEquals(Status.IDLE, wq.flush());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void noItemRunsTwiceAtOnceAndNoStartIsLost(int kworkers) throws Exception {
        launch(kworkers);
        int threads = 3;
        int starts = 20_000;
        int[] written = new int[threads];
        int[] read = new int[threads];
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger oks = new AtomicInteger();
        work(1, (inMap, key, value) -> {
            if (inside.incrementAndGet() != 1) {
                problems.add("two runs at once");
            }
            System.arraycopy(written, 0, read, 0, threads);
            runs.incrementAndGet();
            inside.decrementAndGet();
        });
        CyclicBarrier begin = new CyclicBarrier(threads);
        List<Thread> starters = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int self = t;
            BpfWq<Integer, String> own = wq(1);
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                } catch (Exception e) {
                    problems.add(e.toString());
                }
                for (int i = 1; i <= starts; i++) {
                    written[self] = i; // plain: the start hands it over
                    Status status = own.start();
                    if (status == Status.OK) {
                        oks.incrementAndGet();
                    } else if (status != Status.PENDING) {
                        problems.add(status.name());
                    }
                }
            });
            starters.add(thread);
            thread.start();
        }
        for (Thread thread : starters) {
            thread.join();
        }
        flushUntilIdle(wq(1));
        for (int t = 0; t < threads; t++) {
            assertEquals(starts, read[t], "the last run missed what a starter wrote");
        }
        assertEquals(oks.get(), runs.get());
    }

    @Test
    void aWorkThatBlocksHoldsNobodyUpWhileThereIsAnotherKworker() {
        launch(2);
        BpfWq<Integer, String> stuck = work(1, this::block);
        stuck.start().orThrow();
        await(running);
        CountDownLatch others = new CountDownLatch(200);
        for (int key = 2; key < 12; key++) {
            BpfWq<Integer, String> wq = work(key, (inMap, k, value) -> {
                others.countDown();
                if (others.getCount() > 0) {
                    inMap.lookup(k).wq().start();
                }
            });
            wq.start().orThrow();
        }
        await(others);
        assertFalse(ended.get());
        AtomicInteger fired = new AtomicInteger();
        CountDownLatch expired = new CountDownLatch(1);
        rt.newTimer(prog, timer -> expired.countDown()).start(0, 0).orThrow();
        await(expired);
        assertEquals(0, fired.get());
    }

    @Test
    void whatACallbackLeavesInterruptedDoesNotEndItsKworker() {
        launch(1);
        for (int i = 0; i < 20; i++) {
            BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> Thread.currentThread().interrupt());
            wq.start().orThrow();
            assertTrue(List.of(Status.OK, Status.IDLE).contains(wq.flush()));
            AtomicBoolean clean = new AtomicBoolean();
            BpfWq<Integer, String> next = work(2, (inMap, key, value) -> clean.set(!Thread.currentThread().isInterrupted()));
            next.start().orThrow();
            next.flush();
            assertTrue(clean.get(), "the next callback is interrupted");
        }
    }

    @Test
    void whatOneRunWroteIsSeenByTheNext() {
        launch(4);
        int[] count = new int[1];
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            if (++count[0] < 50_000) {
                inMap.lookup(key).wq().start();
            }
        });
        wq.start().orThrow();
        flushUntilIdle(wq);
        assertEquals(50_000, count[0]);
    }

    // ---------------------------------------------------------------------------------------------- cancelling

    @Test
    void cancelWaitsForTheRunningCallback() throws Exception {
        launch(1);
        BpfWq<Integer, String> wq = work(1, this::block);
        wq.start().orThrow();
        await(running);
        CompletableFuture<Status> answer = ask(1, BpfWq::cancel);
        assertFalse(isSoonDone(answer));
        mayEnd.countDown();
        assertEquals(Status.IDLE, get(answer));
        assertTrue(ended.get());
        assertEquals(Status.EINVAL, wq.start());
    }

    @Test
    void cancelTakesBackWhatTheRunningCallbackStarted() throws Exception {
        launch(2);
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            inMap.lookup(key).wq().start().orThrow();
            block(inMap, key, value);
        });
        wq.start().orThrow();
        await(running);
        CompletableFuture<Status> answer = ask(1, BpfWq::cancel);
        assertFalse(isSoonDone(answer));
        mayEnd.countDown();
        assertEquals(Status.CANCELLED, get(answer));
        assertEquals(Status.IDLE, wq.flush());
    }

    @Test
    void cancelDoesNotWaitForTheQueue() {
        launch(1);
        work(1, this::block).start().orThrow();
        await(running);
        AtomicInteger runs = new AtomicInteger();
        BpfWq<Integer, String> wq = work(2, (inMap, key, value) -> runs.incrementAndGet());
        for (int i = 0; i < 100; i++) {
            wq.start().orThrow();
            assertEquals(Status.CANCELLED, wq.cancel(), "the only kworker is busy elsewhere");
            assertEquals(Status.IDLE, wq.flush());
            wq.setCallback(prog, (inMap, key, value) -> runs.incrementAndGet()).orThrow();
        }
        wq.start().orThrow();
        mayEnd.countDown();
        wq.flush();
        assertEquals(1, runs.get());
    }

    @Test
    void aRunningCallbackThatWasCancelledMustNotStartItselfAgain() {
        launch(2);
        List<Status> answers = Collections.synchronizedList(new ArrayList<>());
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            block(inMap, key, value);
            BpfWq<Integer, String> own = inMap.lookup(key).wq();
            answers.add(own.start());
            answers.add(own.cancelAsync());
        });
        wq.start().orThrow();
        await(running);
        assertEquals(Status.RUNNING, wq.cancelAsync());
        assertEquals(Status.RUNNING, wq.cancelAsync());
        CompletableFuture<Status> over = ask(1, BpfWq::flush);
        mayEnd.countDown();
        over.join();
        assertEquals(List.of(Status.ECANCELED, Status.RUNNING), answers);
        assertEquals(Status.OK, wq.start(), "anybody else may");
        assertFalse(wq.flush().isRefusal());
        assertEquals(List.of(Status.ECANCELED, Status.RUNNING, Status.OK, Status.CANCELLED), answers,
            "a start from outside makes the callback free again");
    }

    @Test
    void afterCancelAsyncNothingStarts() {
        launch(2);
        for (int i = 0; i < 20_000; i++) {
            AtomicBoolean begun = new AtomicBoolean();
            BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> begun.set(true));
            wq.start().orThrow();
            if (i % 2 == 0) {
                Thread.onSpinWait();
            }
            Status status = wq.cancelAsync();
            if (status == Status.CANCELLED) {
                assertFalse(begun.get());
                assertEquals(Status.IDLE, wq.flush());
                assertFalse(begun.get(), "ran after CANCELLED");
            } else if (status == Status.IDLE) {
                assertTrue(begun.get(), "IDLE before it ran, round " + i);
            } else {
                assertEquals(Status.RUNNING, status);
                wq.flush();
                assertTrue(begun.get());
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- flushing

    @Test
    void flushWaitsForTheRunOfAStartBeforeIt() {
        launch(2);
        AtomicInteger runs = new AtomicInteger();
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> runs.incrementAndGet());
        for (int i = 1; i <= 20_000; i++) {
            assertEquals(Status.OK, wq.start());
            Status status = wq.flush();
            assertTrue(status == Status.OK || status == Status.IDLE, status.name());
            assertEquals(i, runs.get(), "flush returned before the run");
        }
    }

    @Test
    void flushWaitsForTheRunThatIsUnderWayAndForTheOneThatIsPending() throws Exception {
        launch(2);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch secondMayEnd = new CountDownLatch(1);
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            if (!ended.get()) {
                block(inMap, key, value);
            } else {
                second.countDown();
                await(secondMayEnd);
            }
        });
        wq.start().orThrow();
        await(running);
        wq.start().orThrow();
        CompletableFuture<Status> answer = ask(1, BpfWq::flush);
        mayEnd.countDown();
        await(second);
        assertFalse(isSoonDone(answer));
        secondMayEnd.countDown();
        assertEquals(Status.OK, get(answer));
    }

    @Test
    void flushDoesNotWaitForWhatIsStartedMeanwhile() throws Exception {
        launch(2);
        AtomicBoolean stop = new AtomicBoolean();
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            if (!stop.get()) {
                inMap.lookup(key).wq().start();
            }
        });
        wq.start().orThrow();
        for (int i = 0; i < 2_000; i++) {
            assertEquals(Status.OK, wq.flush(), "it never comes to rest, but each flush ends");
        }
        stop.set(true);
        flushUntilIdle(wq);
    }

    @Test
    void flushEndsWhenWhatItWaitsForIsTakenBack() throws Exception {
        launch(1);
        work(1, this::block).start().orThrow();
        await(running);
        BpfWq<Integer, String> wq = work(2, (inMap, key, value) -> problems.add("ran"));
        wq.start().orThrow();
        CompletableFuture<Status> answer = ask(2, BpfWq::flush);
        assertFalse(isSoonDone(answer));
        assertEquals(Status.CANCELLED, wq.cancelAsync());
        assertEquals(Status.OK, get(answer), "though the kworker is still busy");
        assertFalse(ended.get());
        wq.start().orThrow();
        answer = ask(2, BpfWq::flush);
        assertFalse(isSoonDone(answer));
        map.delete(2).orThrow();
        assertEquals(Status.OK, get(answer));
        assertFalse(ended.get());
    }

    @Test
    void flushWaitsForARunningCallbackOfADeletedElement() throws Exception {
        launch(1);
        BpfWq<Integer, String> wq = work(1, this::block);
        wq.start().orThrow();
        await(running);
        CompletableFuture<Status> answer = ask(1, BpfWq::flush);
        assertFalse(isSoonDone(answer));
        map.delete(1).orThrow();
        assertFalse(isSoonDone(answer));
        assertEquals(1, rt.audit().pendingWorks(), "it is running still");
        mayEnd.countDown();
        assertEquals(Status.OK, get(answer));
        assertTrue(ended.get());
    }

    @Test
    void flushFromAnotherWorksCallback() throws Exception {
        launch(2);
        BpfWq<Integer, String> slow = work(1, this::block);
        CompletableFuture<Boolean> endedFirst = new CompletableFuture<>();
        work(2, (inMap, key, value) -> {
            wq(1).start().orThrow();
            wq(1).flush().orThrow();
            endedFirst.complete(ended.get());
        }).start().orThrow();
        await(running);
        assertFalse(isSoonDone(endedFirst));
        mayEnd.countDown();
        assertTrue(get(endedFirst));
        assertEquals(Status.IDLE, slow.flush());
    }

    // ------------------------------------------------------------------------------------------------ deadlocks

    /** So many callbacks, each of which asks for the next one's end when all run; at least one must be refused. */
    private void circle(int size, Function<BpfWq<Integer, String>, Status> call, Status otherwise)
            throws Exception {
        for (int round = 0; round < 50; round++) {
            CountDownLatch all = new CountDownLatch(size);
            List<CompletableFuture<Status>> answers = new ArrayList<>();
            List<BpfWq<Integer, String>> items = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                CompletableFuture<Status> answer = new CompletableFuture<>();
                int next = 10 + (i + 1) % size;
                answers.add(answer);
                items.add(work(10 + i, (inMap, key, value) -> {
                    all.countDown();
                    await(all);
                    answer.complete(call.apply(wq(next)));
                }));
            }
            for (BpfWq<Integer, String> item : items) {
                item.start().orThrow();
            }
            List<Status> given = new ArrayList<>();
            for (CompletableFuture<Status> answer : answers) {
                given.add(get(answer));
            }
            assertTrue(given.contains(Status.EDEADLK), given.toString());
            assertTrue(List.of(Status.EDEADLK, otherwise, Status.IDLE).containsAll(given), given.toString());
        }
    }

    @Test
    void ofTwoCallbacksThatCancelEachOtherOneIsRefused() throws Exception {
        launch(2);
        circle(2, BpfWq::cancel, Status.IDLE);
    }

    @Test
    void ofThreeCallbacksThatCancelInACircleOneIsRefused() throws Exception {
        launch(3);
        circle(3, BpfWq::cancel, Status.IDLE);
    }

    @Test
    void ofThreeCallbacksThatFlushInACircleOneIsRefused() throws Exception {
        launch(4);
        circle(3, BpfWq::flush, Status.OK);
    }

    @Test
    void aCallbackThatIsWaitedForByAStrangerMayWaitForOthers() throws Exception {
        launch(2);
        CompletableFuture<Status> inner = new CompletableFuture<>();
        work(2, this::block).start().orThrow();
        await(running);
        CountDownLatch asks = new CountDownLatch(1);
        BpfWq<Integer, String> wq = work(1, (inMap, key, value) -> {
            asks.countDown();
            inner.complete(wq(2).cancel());
        });
        wq.start().orThrow();
        await(asks);
        CompletableFuture<Status> outer = ask(1, BpfWq::cancel);
        assertFalse(isSoonDone(outer));
        mayEnd.countDown();
        assertEquals(Status.IDLE, get(inner));
        assertEquals(Status.IDLE, get(outer));
    }

    @Test
    void aWorkWaitsForATimersCallbackButNotTheOtherWayRound() throws Exception {
        launch(1);
        CompletableFuture<Status> fromTimer = new CompletableFuture<>();
        CompletableFuture<Status> fromWork = new CompletableFuture<>();
        CountDownLatch both = new CountDownLatch(2);
        map.update(1, "v").orThrow();
        MapElement<Integer, String> element = map.lookup(1);
        element.timer().init(map, ClockId.MONOTONIC).orThrow();
        element.timer().setCallback(prog, (inMap, key, value) -> {
            both.countDown();
            await(both);
            fromTimer.complete(wq(1).cancel());
            ended.set(true);
        }).orThrow();
        element.wq().init(map).orThrow();
        element.wq().setCallback(prog, (inMap, key, value) -> {
            both.countDown();
            await(both);
            Status status = map.lookup(1).timer().cancel();
            assertTrue(ended.get());
            fromWork.complete(status);
        }).orThrow();
        element.wq().start().orThrow(); // first: the base hands works over, and not while it is in the timer's callback
        element.timer().start(0, 0).orThrow();
        assertEquals(Status.EOPNOTSUPP, get(fromTimer));
        assertEquals(Status.IDLE, get(fromWork));
    }
}
