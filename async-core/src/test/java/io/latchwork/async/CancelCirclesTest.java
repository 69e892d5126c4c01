// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks on several bases that wait for each other: circles are refused, and nothing but circles. */
@Timeout(60)
class CancelCirclesTest {
    private static final int BASES = 4;

    private final List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
    private final AsyncRuntime rt = AsyncRuntime.builder().bases(BASES)
        .errorHandler((program, map, error) -> errors.add(error)).launch();
    private final BpfProg prog = rt.loadProgram("p", () -> { });
    private final AsyncTimer[] timers = new AsyncTimer[BASES];
    private final Status[] answers = new Status[BASES];

    @AfterEach
    void booksAreClean() {
        rt.close();
        assertEquals(List.of(), errors);
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }

    private void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All callbacks run at one time, one a base; then each does its deed. Returns when all are done. */
    private void run(int size, Runnable[] deeds) {
        CyclicBarrier together = new CyclicBarrier(size);
        CountDownLatch done = new CountDownLatch(size);
        for (int i = 0; i < size; i++) {
            Runnable deed = deeds[i];
            rt.bindThread(i).orThrow(); // made there: a start that moved it would go through a base where one may wait already
            timers[i] = rt.newTimer(prog, timer -> {
                await(together);
                deed.run();
                done.countDown();
            });
        }
        rt.bindThread(-1);
        for (int i = 0; i < size; i++) {
            timers[i].start(0, 0).orThrow();
        }
        await(done);
    }

    private Runnable cancel(int self, int other) {
        return () -> answers[self] = timers[other].cancel();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void inACircleAtLeastOneIsRefusedAndNobodyHangs(int size) {
        for (int round = 0; round < 50; round++) {
            Runnable[] deeds = new Runnable[size];
            for (int i = 0; i < size; i++) {
                deeds[i] = cancel(i, (i + 1) % size);
            }
            run(size, deeds);
            List<Status> seen = Arrays.asList(answers).subList(0, size);
            assertTrue(seen.contains(Status.EDEADLK), seen.toString());
            assertTrue(seen.stream().allMatch(each -> each == Status.EDEADLK || each == Status.IDLE), seen.toString());
        }
    }

    @RepeatedTest(20)
    void aChainThatEndsIsNotRefused() {
        run(BASES, new Runnable[] {cancel(0, 1), cancel(1, 2), cancel(2, 3), () -> answers[3] = Status.OK});
        assertEquals(List.of(Status.IDLE, Status.IDLE, Status.IDLE, Status.OK), List.of(answers));
    }

    /** The original's counter refuses any cancel to a callback that is being cancelled by somebody's callback. */
    @RepeatedTest(20)
    void aCallbackThatIsWaitedForMayWaitForAnother() {
        run(BASES, new Runnable[] {cancel(0, 2), cancel(1, 2), cancel(2, 3), () -> answers[3] = Status.OK});
        assertEquals(List.of(Status.IDLE, Status.IDLE, Status.IDLE, Status.OK), List.of(answers));
    }

    @Test
    void outsideWaitersMakeNobodyFail() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayCancel = new CountDownLatch(1);
        AsyncTimer other = rt.newTimer(prog, timer -> { });
        AsyncTimer mine = rt.newTimer(prog, timer -> {
            running.countDown();
            await(mayCancel);
            answers[0] = other.cancel();
        });
        mine.start(0, 0).orThrow();
        await(running);
        Thread outside = new Thread(() -> answers[1] = mine.cancel());
        outside.start();
        while (outside.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        mayCancel.countDown();
        outside.join();
        assertEquals(Status.IDLE, answers[0]);
        assertEquals(Status.IDLE, answers[1]);
    }
}
