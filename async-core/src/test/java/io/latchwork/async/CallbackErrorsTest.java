// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a callback throws reaches the handler, once, and the base, its references and its siblings go on. */
@Timeout(60)
class CallbackErrorsTest {
    /** As the one that stopped threads used to throw: no exception, and nobody's subclass but Error's. */
    private static final class DeathOfAThread extends Error {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Throwable> thrown() {
        return Stream.of(new IllegalStateException("a"), new StackOverflowError("b"), new OutOfMemoryError("c"),
            new DeathOfAThread(), new AssertionError("d"), new LinkageError("e"), new InterruptedException("f"));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable error) throws E {
        throw (E) error;
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aThrowingTimerHarmsNothingElse(Throwable error) throws InterruptedException {
        List<Throwable> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch unloaded = new CountDownLatch(1);
        AsyncRuntime rt = AsyncRuntime.builder().errorHandler((program, map, thrown) -> {
            seen.add(thrown);
            throw new IllegalStateException("the handler's own"); // dropped, as documented
        }).launch();
        BpfProg prog = rt.loadProgram("p", unloaded::countDown);
        BpfHashMap<Integer, String> map = rt.hashMap("m", 4);
        CountDownLatch siblings = new CountDownLatch(6);
        for (int key = 0; key < 3; key++) {
            map.update(key, "v").orThrow();
            BpfTimer<Integer, String> timer = map.lookup(key).timer();
            timer.init(map, ClockId.MONOTONIC).orThrow();
            timer.setCallback(prog, (inMap, k, value) -> {
                siblings.countDown();
                if (k == 1) {
                    CallbackErrorsTest.<RuntimeException>sneak(error);
                }
            }).orThrow();
        }
        for (int round = 0; round < 2; round++) {
            for (int key = 0; key < 3; key++) {
                Status status = map.timers().start(key, key, 0);
                assertTrue(!status.isRefusal(), status.name());
                AsyncTimer mapless = rt.newTimer(prog, timer -> { });
                assertEquals(Status.OK, mapless.start(0, 0));
            }
            while (siblings.getCount() > 3 - 3L * round) {
                Thread.yield();
            }
        }
        assertTrue(siblings.await(20, TimeUnit.SECONDS));
        prog.close();
        rt.close();
        assertEquals(List.of(error, error), seen);
        assertEquals(0, unloaded.getCount());
        assertEquals(2, rt.audit().callbackErrors());
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }

    /** An error that is real, and comes from deep in the stack. */
    @Test
    void aCallbackThatReallyOverflowsTheStackHarmsNothingElse() {
        ManualClock clock = new ManualClock();
        List<Throwable> seen = new ArrayList<>();
        AsyncRuntime rt = AsyncRuntime.builder().clock(clock).errorHandler((program, map, thrown) -> seen.add(thrown)).build();
        BpfProg prog = rt.loadProgram("p", () -> { });
        AsyncTimer sibling = rt.newTimer(prog, timer -> { });
        AsyncTimer deep = rt.newTimer(prog, timer -> descend(0));
        deep.start(0, 0).orThrow();
        sibling.start(0, 0).orThrow();
        run(rt);
        assertEquals(List.of(StackOverflowError.class), seen.stream().map(Object::getClass).toList());
        assertEquals(Status.IDLE, sibling.cancelAsync());
        assertEquals(Status.OK, deep.start(0, 0));
        rt.close();
        assertTrue(rt.audit().isClean(), rt.audit().toString());
    }

    private static int descend(int depth) {
        return descend(depth + 1) + 1;
    }

    private static void run(AsyncRuntime rt) {
        rt.agents().forEach(agent -> {
            try {
                agent.doWork();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
