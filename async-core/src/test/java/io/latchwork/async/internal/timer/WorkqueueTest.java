// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.ManualClock;
import io.latchwork.async.Status;
import io.latchwork.async.WorkCallback;
import io.latchwork.async.internal.prog.ProgImpl;
import io.latchwork.rcu.Rcu;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which work a thread is in, and what it must therefore not wait for. */
class WorkqueueTest {
    private static final int SLOTS = 4;

    private final Rcu rcu = Rcu.builder().manual().build();
    private final TimerBase base = new TimerBase("base", new TimeLine(new ManualClock()), rcu, () -> { });
    private final Workqueue queue = new Workqueue() {
        @Override
        public void queue(BpfWork work) {
            throw new AssertionError("nobody runs the base");
        }

        @Override
        public boolean isOnlyKworker() {
            return true;
        }
    };

    private BpfWork work() {
        CbHome home = new CbHome() {
            @Override
            public String name() {
                return "home";
            }

            @Override
            public void call(Object callback, Object key, Object value) {
                throw new AssertionError("nobody runs it");
            }

            @Override
            public void onError(String program, Throwable error) {
                throw new AssertionError(error);
            }

            @Override
            public void recycled(int poolIndex) {
                throw new AssertionError("it is in use");
            }
        };
        BpfWork work = new BpfWork(home, 0, rcu, SLOTS, queue);
        work.begin(base, "key", "value");
        assertTrue(work.confirm());
        return work;
    }

    @Test
    void aThreadIsInTheWorkThatItEntered() {
        BpfWork work = work();
        assertNull(queue.runningHere());
        BpfWork outer = queue.enter(work);
        assertSame(work, queue.runningHere());
        queue.leave(outer);
        assertNull(queue.runningHere());
    }

    /** The outer one cannot go on before the inner one has returned, so the inner one must not wait for it. */
    @Test
    void aWorkThatIsRunInsideOfAnotherCannotWaitForThatOne() {
        BpfWork first = work();
        BpfWork second = work();
        first.runBegins();
        second.runBegins();
        assertNull(queue.enter(first));
        BpfWork outer = queue.enter(second);
        assertSame(first, outer);
        assertSame(second, queue.runningHere());
        assertFalse(second.mayWaitFor(first));
        queue.leave(outer);
        assertSame(first, queue.runningHere());
        assertTrue(second.mayWaitFor(first), "the wait is over");
        queue.leave(null);
    }

    /** On a thread of its own, since what would wait would do so for ever. */
    @Test
    void theOnlyKworkerDoesNotWaitForWhatIsQueuedBehindIt() throws Exception {
        BpfWork work = work();
        WorkCallback<Object, Object> callback = (map, key, value) -> { };
        assertEquals(Status.OK, work.bind(new ProgImpl(this, "prog", () -> { }, rcu, ProgImpl::unload), callback));
        assertEquals(Status.OK, work.start());
        CompletableFuture<Status> answer = new CompletableFuture<>();
        Thread flusher = new Thread(() -> answer.complete(work.flush((BpfAsyncCb) null)));
        flusher.setDaemon(true);
        flusher.start();
        assertEquals(Status.EDEADLK, answer.completeOnTimeout(null, 5, TimeUnit.SECONDS).get());
    }
}
