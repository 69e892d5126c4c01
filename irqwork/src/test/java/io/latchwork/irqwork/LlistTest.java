// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class LlistTest {

    private static final int PUSHES = 200_000;

    private final Llist list = new Llist();
    private final LlistNode a = new LlistNode();
    private final LlistNode b = new LlistNode();
    private final LlistNode c = new LlistNode();

    @Test
    void firstPushMeetsItEmptyAndLaterOnesDoNot() {
        assertEquals(Llist.Push.EMPTY, list.push(a));
        assertEquals(Llist.Push.NON_EMPTY, list.push(b));
        list.takeAll();
        assertEquals(Llist.Push.EMPTY, list.push(c));
    }

    @Test
    void takeAllAnswersNewestFirstAndEmptiesTheList() {
        assertNull(list.takeAll());
        list.push(a);
        list.push(b);
        list.push(c);
        final LlistNode first = list.takeAll();
        assertSame(c, first);
        assertSame(b, c.next());
        assertSame(a, b.next());
        assertNull(a.next());
        assertNull(list.takeAll());
        assertTrue(list.isEmpty());
    }

    @Test
    void reverseTurnsAChainRound() {
        assertNull(Llist.reverse(null));
        assertSame(a, Llist.reverse(a));
        list.push(a);
        list.push(b);
        list.push(c);
        assertSame(a, Llist.reverse(list.takeAll()));
        assertSame(b, a.next());
        assertSame(c, b.next());
        assertNull(c.next());
    }

    @Test
    void detachCutsANodeOff() {
        list.push(a);
        list.push(b);
        assertSame(a, list.takeAll().detach());
        assertNull(b.next());
        assertNull(a.detach());
    }

    @Test
    void isEmptyFollowsTheList() {
        assertTrue(list.isEmpty());
        list.push(a);
        assertFalse(list.isEmpty());
        list.takeAll();
        assertTrue(list.isEmpty());
    }

    @Test
    void i3_closedListRefusesForGood() {
        list.push(a);
        list.push(b);
        assertFalse(list.isClosed());
        assertSame(b, list.close());
        assertSame(a, b.next());
        assertTrue(list.isClosed());
        assertTrue(list.isEmpty());
        assertEquals(Llist.Push.CLOSED, list.push(c));
        assertNull(c.next(), "a refused node keeps no link");
        assertNull(list.takeAll());
        assertTrue(list.isClosed(), "taking does not open it");
        assertNull(list.close());
        assertEquals(Llist.Push.CLOSED, list.push(c));
    }

    @Test
    void closingAnEmptyListAnswersNothing() {
        assertNull(list.close());
        assertEquals(Llist.Push.CLOSED, list.push(a));
    }

    @Test
    void nothingIsAllocated() {
        assertEquals(0, AllocationMeter.bytes(() -> {
            for (int i = 0; i < 1000; i++) {
                list.push(a);
                list.push(b);
                list.isEmpty();
                Llist.reverse(list.takeAll());
            }
        }));
    }

    /** Two threads push, this one takes: nothing is lost or seen twice, and one push in each batch met it empty. */
    @Test
    void i1_i4_twoPushersAndATaker() throws Exception {
        final ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            final Future<Integer> one = pool.submit(this::pushAll);
            final Future<Integer> two = pool.submit(this::pushAll);
            int taken = 0;
            int batches = 0;
            boolean last = false;
            while (!last) {
                last = one.isDone() && two.isDone();
                int size = 0;
                for (LlistNode n = list.takeAll(); n != null; n = n.detach()) {
                    size++;
                }
                taken += size;
                batches += size > 0 ? 1 : 0;
            }
            assertEquals(2 * PUSHES, taken);
            assertEquals(batches, one.get() + two.get());
        } finally {
            pool.shutdownNow();
        }
    }

    private int pushAll() {
        int metEmpty = 0;
        for (int i = 0; i < PUSHES; i++) {
            metEmpty += list.push(new LlistNode()) == Llist.Push.EMPTY ? 1 : 0;
        }
        return metEmpty;
    }
}
