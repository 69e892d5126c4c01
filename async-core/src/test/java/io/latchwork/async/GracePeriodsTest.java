// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.internal.runtime.RuntimeImpl;
import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken apart comes back only when nobody can reach it any more, and knows nothing of its former life then. */
class GracePeriodsTest extends DrivenCase {
    private static final int LIVES = 40;

    /** Lets the bases work, which do not end grace periods. */
    private void runBases() {
        for (int i = 0; i < rt.agents().size() - 1; i++) {
            try {
                while (rt.agents().get(i).doWork() > 0) {
                    Thread.onSpinWait();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private RcuSlot reader() {
        return ((RuntimeImpl) rt).rcu().readLock();
    }

    @Test
    void aBlockIsNotUsedAgainBeforeEveryReaderHasLeft() {
        timer(1, ClockId.MONOTONIC).start(MS, 0).orThrow();
        driver.drain();
        RcuSlot section = reader();
        map.delete(1).orThrow();
        runBases();
        assertEquals(1, rt.audit().blocks(), "blocks while somebody may be looking at it");
        section.unlock();
        driver.drain();
        assertEquals(0, rt.audit().blocks());
    }

    @Test
    void anElementIsNotUsedAgainBeforeEveryReaderHasLeft() {
        map.update(1, "v").orThrow();
        RcuSlot section = reader();
        map.delete(1).orThrow();
        runBases();
        assertEquals(1, rt.audit().elements(), "elements while somebody may be standing on it");
        section.unlock();
        driver.drain();
        assertEquals(0, rt.audit().elements());
    }

    @Test
    void aProgramIsNotUnloadedBeforeEveryReaderHasLeft() {
        BpfProg other = rt.loadProgram("other", () -> fired.add("unloaded"));
        RcuSlot section = reader();
        other.release().orThrow();
        runBases();
        assertEquals(List.of(), fired);
        section.unlock();
        driver.drain();
        assertEquals(List.of("unloaded"), fired);
    }

    /** The callback arms its timer, and deletes it then: the entry must be gone before the block is used again. */
    @Test
    void whatACallbackArmedBeforeItDeletedItselfIsNotInTheWayOfTheNextLife() {
        for (int life = 0; life < LIVES; life++) {
            int key = life;
            BpfTimer<Integer, String> timer = timer(key, ClockId.MONOTONIC, (inMap, k, value) -> {
                inMap.lookup(k).timer().start(50 * MS, 0).orThrow();
                inMap.delete(k).orThrow();
            });
            timer.start(MS, 0).orThrow();
            dueAfter(1);
            timer(key, ClockId.MONOTONIC).start(10 * MS, 0).orThrow();
            assertEquals(List.of(), dueAfter(9), "life " + life);
            assertEquals(List.of("v" + key), dueAfter(1), "life " + life);
            map.delete(key).orThrow();
            driver.drain();
        }
    }

    /** Pinned in one life, not in the next: that one fires on the base where its key is at home. */
    @Test
    void aPinnedStartSaysNothingOfTheNextLife() {
        String[] thread = new String[1];
        for (int life = 0; life < LIVES; life++) {
            rt.bindThread(life % 3).orThrow();
            timer(1, ClockId.MONOTONIC).start(MS, BpfTimer.TIMER_CPU_PIN).orThrow();
            dueAfter(1);
            map.delete(1).orThrow();
            driver.drain();
            timer(1, ClockId.MONOTONIC).start(MS, 0).orThrow();
            clock.advance(MS);
            String home = firedBy();
            thread[0] = thread[0] == null ? home : thread[0];
            assertEquals(thread[0], home, "life " + life);
            map.delete(1).orThrow();
            driver.drain();
        }
        rt.bindThread(-1).orThrow();
    }

    /** The name of the base whose duty cycle fires what is due. */
    private String firedBy() {
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < rt.agents().size() - 1; i++) {
                int before = fired.size();
                try {
                    rt.agents().get(i).doWork();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                if (fired.size() > before) {
                    return rt.agents().get(i).roleName();
                }
            }
        }
        return "none";
    }

    @Test
    void aRuntimeThatAsksForReadersWithoutFencesHasWhatADomainGets() {
        for (boolean wanted : new boolean[] {false, true}) {
            try (Rcu domain = Rcu.builder().manual().asymmetric(wanted).build();
                    AsyncRuntime runtime = AsyncRuntime.builder().asymmetricReaders(wanted).build()) {
                assertEquals(domain.readerMode(), ((RuntimeImpl) runtime).rcu().readerMode());
            }
        }
    }
}
