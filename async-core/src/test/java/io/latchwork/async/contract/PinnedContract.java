// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static io.latchwork.async.BpfTimer.TIMER_ABS;
import static io.latchwork.async.BpfTimer.TIMER_CPU_PIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On which base a timer expires, and how {@code TIMER_CPU_PIN} and {@code bindThread} say so. */
abstract class PinnedContract extends ContractCase {
    private static final int BASES = 3;

    @BeforeEach
    void useBases() {
        use(driven().withBases(BASES));
    }

    /** The base whose duty cycle fires what is due now; -1 if none does. Nothing is left to hand over before. */
    private int firingBase() {
        for (int base = 0; base < BASES; base++) {
            int before = fired.size();
            work(base);
            if (fired.size() > before) {
                assertEquals(before + 1, fired.size(), "fired more than once");
                return base;
            }
        }
        return -1;
    }

    private void work(int base) {
        try {
            rt.agents().get(base).doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Starts a timer, lets the bases settle, and says which of them fires it, once. */
    private int baseOf(BpfTimer<Integer, String> timer, int flags) {
        assertEquals(Status.OK, timer.start(MS, flags));
        driver.drain();
        clock.advance(MS);
        int base = firingBase();
        int fires = fired.size();
        creep(5);
        assertEquals(fires, fired.size(), "fired more than once");
        return base;
    }

    private void bind(int base) {
        assertEquals(Status.OK, rt.bindThread(base));
    }

    @Test
    void aThreadIsBoundToABaseThatThereIs() {
        for (int base = -1; base < BASES; base++) {
            bind(base);
        }
        assertEquals(Status.EINVAL, rt.bindThread(BASES));
        assertEquals(Status.EINVAL, rt.bindThread(-2));
        assertEquals(Status.EINVAL, rt.bindThread(Integer.MIN_VALUE));
    }

    @Test
    void aThreadIsNotBoundInNmi() {
        rt.nmiEnter();
        Status answer = rt.bindThread(0);
        rt.nmiExit();
        assertEquals(Status.EOPNOTSUPP, answer);
    }

    @Test
    void aPinnedStartOfAThreadThatIsNotBoundLeavesTheTimerWhereItIs() {
        for (int key = 0; key < 10; key++) {
            BpfTimer<Integer, String> timer = timer(key);
            int home = baseOf(timer, 0);
            assertEquals(home, baseOf(timer, TIMER_CPU_PIN), "key " + key);
        }
    }

    @Test
    void aPinnedStartOfABoundThreadMovesTheTimer() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int base : new int[] {0, 1, 2, 2, 0, 2, 1, 0}) {
            bind(base);
            assertEquals(base, baseOf(timer, TIMER_CPU_PIN));
        }
    }

    @Test
    void theTimerStaysThereUntilAnotherPinnedStart() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int base = 0; base < BASES; base++) {
            bind(base);
            assertEquals(base, baseOf(timer, TIMER_CPU_PIN));
            bind((base + 1) % BASES);
            assertEquals(base, baseOf(timer, 0));
            bind(-1);
            assertEquals(base, baseOf(timer, TIMER_CPU_PIN));
        }
    }

    @Test
    void anAbsoluteStartMayBePinned() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int base = 0; base < BASES; base++) {
            bind(base);
            assertEquals(Status.OK, timer.start(clock.nanoTime() + MS, TIMER_CPU_PIN | TIMER_ABS));
            driver.drain();
            clock.advance(MS);
            assertEquals(base, firingBase());
        }
    }

    @Test
    void whatIsDueAtOnceFiresOnTheBaseThatItIsPinnedTo() {
        for (int base = 0; base < BASES; base++) {
            BpfTimer<Integer, String> timer = timer(base);
            bind(base);
            assertEquals(Status.OK, timer.start(0, TIMER_CPU_PIN));
            int fires = fired.size();
            for (int round = 0; round < 3; round++) {
                for (int other = 0; other < BASES; other++) {
                    if (other != base) {
                        work(other);
                    }
                }
            }
            assertEquals(fires, fired.size(), "fired on another base");
            work(base);
            assertEquals(fires + 1, fired.size());
        }
    }

    @Test
    void anArmedTimerIsMovedAndFiresOnce() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int base = 0; base < BASES; base++) {
            timer.start(MS, 0);
            driver.drain();
            bind(base);
            assertEquals(Status.REARMED, timer.start(3 * MS, TIMER_CPU_PIN));
            driver.drain();
            clock.advance(2 * MS);
            assertEquals(-1, firingBase());
            clock.advance(MS);
            assertEquals(base, firingBase());
            assertEquals(-1, firingBase());
        }
    }

    @Test
    void theLastOfManyPinnedStartsCounts() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int base : new int[] {2, 0, 1, 0, 2, 1}) {
            bind(base);
            timer.start(MS, TIMER_CPU_PIN);
        }
        driver.drain();
        clock.advance(MS);
        assertEquals(1, firingBase());
        assertEquals(-1, firingBase());
    }

    @Test
    void aCallbackIsBoundToTheBaseThatRunsIt() {
        BpfTimer<Integer, String> other = timer(2);
        for (int base = 0; base < BASES; base++) {
            BpfTimer<Integer, String> timer = timer(1, (inMap, key, value) -> other.start(2 * MS, TIMER_CPU_PIN));
            bind(base);
            timer.start(MS, TIMER_CPU_PIN);
            bind((base + 1) % BASES); // what the callback's thread named elsewhere does not count
            advance(1);
            driver.drain();
            clock.advance(2 * MS);
            assertEquals(base, firingBase());
        }
    }

    @Test
    void aCallbackMayPinItsOwnTimer() {
        BpfTimer<Integer, String> timer = bare(1);
        timer.setCallback(prog, (inMap, key, value) -> {
            record.expired(inMap, key, value);
            timer.start(2 * MS, TIMER_CPU_PIN);
        });
        bind(1);
        timer.start(0, TIMER_CPU_PIN);
        bind(2);
        for (int i = 0; i < 3; i++) {
            assertEquals(1, settledFiringBase());
            driver.drain();
            clock.advance(2 * MS);
        }
    }

    /** As {@link #firingBase()}, where a timer that is due may have to be handed over first. */
    private int settledFiringBase() {
        int base = -1;
        for (int round = 0; round < 3 && base < 0; round++) {
            base = firingBase();
        }
        return base;
    }

    @Test
    void aRefusedPinnedStartMovesNothing() {
        int home = baseOf(timer(1), 0);
        map.update(1, "new");
        BpfTimer<Integer, String> timer = bare(1);
        for (int base = 0; base < BASES; base++) {
            bind(base);
            assertEquals(Status.EINVAL, timer.start(0, TIMER_CPU_PIN));
        }
        assertEquals(Status.OK, timer.setCallback(prog, record));
        assertEquals(home, baseOf(timer, 0));
    }

    @Test
    void aNewLifeBeginsAtHome() {
        int home = baseOf(timer(1), 0);
        for (int base = 0; base < BASES; base++) {
            bind(base);
            BpfTimer<Integer, String> timer = timer(1);
            assertEquals(base, baseOf(timer, TIMER_CPU_PIN));
            map.update(1, "new");
            assertEquals(home, baseOf(timer(1), 0));
        }
    }

    @Test
    void whatWasPinnedIsCancelledAsAnyOther() {
        BpfTimer<Integer, String> timer = timer(1);
        for (int base = 0; base < BASES; base++) {
            bind(base);
            timer.start(2 * MS, TIMER_CPU_PIN);
            if (base == 1) {
                driver.drain();
            }
            assertEquals(Status.CANCELLED, timer.cancelAsync());
            creep(3);
        }
        assertEquals(List.of(), fired);
    }

    @Test
    void whatWasPinnedIsDeletedAsAnyOther() {
        map = rt.hashMap("one", 1, 1);
        for (int i = 0; i < 50; i++) {
            BpfTimer<Integer, String> timer = timer(1);
            bind(i % BASES);
            timer.start(2 * MS, TIMER_CPU_PIN);
            if (i % 4 == 0) {
                driver.drain();
            }
            map.delete(1);
            if (i % 5 == 0) {
                creep(3);
            }
        }
        creep(3);
        assertEquals(List.of(), fired);
    }

    @Test
    void aThreadIsBoundInOneRuntimeOnly() {
        bind(2);
        use(driven().withBases(BASES));
        BpfTimer<Integer, String> timer = timer(1);
        int home = baseOf(timer, 0);
        assertEquals(home, baseOf(timer, TIMER_CPU_PIN));
    }

    @Test
    void aThreadBindsItselfOnly() {
        BpfTimer<Integer, String> timer = timer(1);
        int home = baseOf(timer, 0);
        assertEquals(Status.OK, outside(() -> rt.bindThread((home + 1) % BASES)));
        assertEquals(home, baseOf(timer, TIMER_CPU_PIN));
    }

    @Test
    void theBasesOfALaunchedRuntimeAreThreads() throws Exception {
        use(launched().withBases(2));
        Thread first = threadOfBase(0);
        assertNotSame(first, threadOfBase(1));
        assertSame(first, threadOfBase(0));
    }

    private Thread threadOfBase(int base) throws Exception {
        CompletableFuture<Thread> on = new CompletableFuture<>();
        AsyncRuntime runtime = rt;
        BpfTimer<Integer, String> timer = timer(1, (inMap, key, value) -> on.complete(Thread.currentThread()));
        assertEquals(Status.OK, runtime.bindThread(base));
        timer.start(0, TIMER_CPU_PIN);
        return on.get(20, TimeUnit.SECONDS);
    }
}
