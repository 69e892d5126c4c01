// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@code cancel} answers, waits for and drops. */
abstract class CancelContract extends ContractCase {
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void cancellingAnArmedTimerTakesItBack() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        assertEquals(Status.CANCELLED, timer.cancel());
        creep(10);
        assertEquals(List.of(), fired);
    }

    @Test
    void cancellingAnIdleTimerFindsItIdle() {
        assertEquals(Status.IDLE, timer(1).cancel());
    }

    @Test
    void cancellingATimerWithoutACallbackFindsItIdle() {
        assertEquals(Status.IDLE, bare(1).cancel());
    }

    @Test
    void cancellingDropsTheCallback() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        timer.cancel();
        assertEquals(Status.EINVAL, timer.start(MS, 0));
    }

    @Test
    void aNewCallbackMakesTheTimerUsableAgain() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        timer.cancel();
        assertEquals(Status.OK, timer.setCallback(prog, record));
        assertEquals(Status.OK, timer.start(7 * MS, 0));
        creep(10);
        assertEquals(List.of("1=v1@7"), fired);
    }

    @Test
    void theTimerStaysInitialised() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        timer.cancel();
        assertEquals(Status.IDLE, timer.cancel());
    }

    @Test
    void cancelRefusesATimerThatIsNotInitialised() {
        assertEquals(Status.EINVAL, element(1).timer().cancel());
    }

    @Test
    void cancelAfterUpdateRefusesAsNotInitialised() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        map.update(1, "new");
        assertEquals(Status.EINVAL, timer.cancel());
    }

    @Test
    void cancelAfterDeleteFindsNothing() {
        BpfTimer<Integer, String> timer = armed(1, 5);
        map.delete(1);
        assertEquals(Status.ENOENT, timer.cancel());
    }

    @Test
    void cancelThroughAHandleThatPointsNowhereFindsNothing() {
        assertEquals(Status.ENOENT, map.handle().timer().cancel());
    }

    @Test
    void cancelFromItsOwnCallbackWouldDeadlock() {
        assertEquals(List.of(Status.EDEADLK), cancelFromOwnCallback());
    }

    @Test
    void aCancelRefusedAsADeadlockChangesNothing() {
        cancelFromOwnCallback();
        creep(5);
        assertEquals(2, fired.size(), "the re-arm of the callback still holds, and so does the callback");
    }

    private List<Status> cancelFromOwnCallback() {
        List<Status> answers = new ArrayList<>();
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            fired.add("ran");
            if (fired.size() == 1) {
                timer.start(MS, 0);
                answers.add(timer.cancel());
            }
        });
        timer.start(0, 0);
        driver.drain();
        return answers;
    }

    @Test
    void aCallbackMayCancelAnotherTimer() {
        BpfTimer<Integer, String> other = armed(2, 6);
        List<Status> answers = new ArrayList<>();
        timer(1, (inMap, key, value) -> answers.add(other.cancel())).start(0, 0);
        creep(10);
        assertEquals(List.of(Status.CANCELLED), answers);
        assertEquals(List.of(), fired);
    }

    @Test
    void cancelWaitsForTheRunningCallback() throws Exception {
        use(launched());
        BpfTimer<Integer, String> timer = timer(1, this::block);
        timer.start(0, 0);
        await(running);
        CompletableFuture<Boolean> endedFirst = ask(() -> {
            assertEquals(Status.IDLE, timer.cancel());
            return ended.get();
        });
        assertFalse(isSoonDone(endedFirst));
        mayEnd.countDown();
        assertTrue(endedFirst.get(20, TimeUnit.SECONDS));
    }

    @Test
    void cancelTakesBackWhatTheRunningCallbackReArmed() throws Exception {
        use(launched());
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            timer.start(MS, 0);
            block(inMap, key, value);
        });
        timer.start(0, 0);
        await(running);
        CompletableFuture<Status> answer = ask(timer::cancel);
        assertFalse(isSoonDone(answer));
        mayEnd.countDown();
        assertEquals(Status.CANCELLED, answer.get(20, TimeUnit.SECONDS));
        assertEquals(Status.EINVAL, timer.start(0, 0));
        assertEquals(Status.IDLE, timer.cancelAsync());
    }

    @Test
    void cancelTakesBackWhatTheRunningCallbackBoundAndArmedMeanwhile() throws Exception {
        use(launched());
        BpfTimer<Integer, String> timer = bare(1);
        BpfTimer<Integer, String> inCallback = found(1).timer();
        timer.setCallback(prog, (inMap, key, value) -> {
            block(inMap, key, value);
            inCallback.setCallback(prog, record);
            inCallback.start(MS, 0);
        });
        timer.start(0, 0);
        await(running);
        CompletableFuture<Status> answer = ask(timer::cancel);
        assertFalse(isSoonDone(answer));
        mayEnd.countDown();
        assertEquals(Status.CANCELLED, answer.get(20, TimeUnit.SECONDS));
        assertEquals(Status.EINVAL, timer.start(0, 0));
        assertEquals(Status.IDLE, timer.cancelAsync());
    }

    @Test
    void cancelOfATimerOnAnotherBaseWaitsForItsCallback() throws Exception {
        use(launched().withBases(2));
        int[] keys = keysOnTwoBases();
        BpfTimer<Integer, String> target = timer(keys[0], this::block);
        CompletableFuture<Boolean> endedFirst = new CompletableFuture<>();
        BpfTimer<Integer, String> inCallback = found(keys[0]).timer();
        BpfTimer<Integer, String> canceller = timer(keys[1], (inMap, key, value) -> {
            inCallback.cancel();
            endedFirst.complete(ended.get());
        });
        target.start(0, 0);
        await(running);
        canceller.start(0, 0);
        assertFalse(isSoonDone(endedFirst));
        mayEnd.countDown();
        assertTrue(endedFirst.get(20, TimeUnit.SECONDS));
    }

    @Test
    void ofTwoCallbacksThatCancelEachOtherOneIsRefused() throws Exception {
        use(launched().withBases(2));
        int[] keys = keysOnTwoBases();
        CountDownLatch both = new CountDownLatch(2);
        List<CompletableFuture<Status>> answers = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        List<BpfTimer<Integer, String>> timers = new ArrayList<>();
        for (int key : keys) {
            timers.add(bare(key));
        }
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Status> answer = answers.get(i);
            BpfTimer<Integer, String> other = found(keys[1 - i]).timer();
            timers.get(i).setCallback(prog, (inMap, key, value) -> {
                both.countDown();
                await(both);
                answer.complete(other.cancel());
            });
        }
        timers.forEach(timer -> timer.start(0, 0));
        List<Status> given = List.of(answers.get(0).get(20, TimeUnit.SECONDS), answers.get(1).get(20, TimeUnit.SECONDS));
        assertTrue(given.contains(Status.EDEADLK), given.toString());
        assertTrue(List.of(Status.EDEADLK, Status.IDLE).containsAll(given), given.toString());
    }

    /** Two keys without timers whose home bases differ. */
    private int[] keysOnTwoBases() {
        Map<Thread, Integer> keyByThread = new ConcurrentHashMap<>();
        CountDownLatch ran = new CountDownLatch(ENTRIES);
        TimerCallback<Integer, String> note = (inMap, key, value) -> {
            keyByThread.put(Thread.currentThread(), key);
            ran.countDown();
        };
        for (int key = 0; key < ENTRIES; key++) {
            timer(key, note).start(0, 0);
        }
        await(ran);
        assertEquals(2, keyByThread.size(), "no two bases in use");
        int[] keys = keyByThread.values().stream().mapToInt(Integer::intValue).toArray();
        for (int key : keys) {
            map.update(key, "free of its timer");
        }
        return keys;
    }

    private void block(Object inMap, Object key, Object value) {
        running.countDown();
        await(mayEnd);
        ended.set(true);
    }

    /** A call on another thread, which has begun to wait, or is done, when this returns. */
    private static <T> CompletableFuture<T> ask(Supplier<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(call.get());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        while (!answer.isDone() && (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE)) {
            Thread.onSpinWait();
        }
        return answer;
    }

    /** Gives another thread every chance to finish too early. */
    private static boolean isSoonDone(CompletableFuture<?> future) {
        for (int i = 0; i < 2_000 && !future.isDone(); i++) {
            Thread.yield();
        }
        return future.isDone();
    }
}
