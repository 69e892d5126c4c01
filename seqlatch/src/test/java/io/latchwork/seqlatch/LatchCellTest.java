// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class LatchCellTest {

    private final LatchCell<Object, Object> cell = new LatchCell<>();

    private static String read(final LatchCell<?, ?> cell) {
        final long token = cell.readBegin();
        final String pair = cell.readFirst(token) + "/" + cell.readSecond(token);
        assertFalse(cell.readRetry(token));
        return pair;
    }

    private String replace(final Object a, final Object b) {
        final int slot = cell.exchange(a, b);
        final String old = cell.first(slot) + "/" + cell.second(slot);
        cell.free(slot);
        return old;
    }

    @Test
    void onlyFourEightSixteenAndThirtyTwoSlotsAreTaken() {
        for (int slots = -4; slots <= 100; slots++) {
            final int n = slots;
            if (n == 4 || n == 8 || n == 16 || n == 32) {
                assertEquals("null/null", read(new LatchCell<>(n)));
            } else {
                assertThrows(IllegalArgumentException.class, () -> new LatchCell<>(n), "slots " + n);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> new LatchCell<>(Integer.MIN_VALUE));
    }

    @Test
    void startsEmpty() {
        assertEquals("null/null", read(cell));
        assertTrue(cell.isEmpty());
    }

    @Test
    void eachPairComesOutOnceInOrder() {
        assertEquals("null/null", replace("a", "b"));
        assertEquals("a/b", replace("c", "d"));
        assertEquals("c/d", replace(null, "e"));
        assertTrue(cell.isEmpty(), "empty goes by the first half");
        assertEquals("null/e", replace("f", null));
        assertFalse(cell.isEmpty());
        assertEquals("f/null", read(cell));
    }

    @Test
    void clearTakesThePairOutOnce() {
        assertEquals(LatchCell.NONE, cell.clear());
        assertEquals(LatchCell.NONE, cell.exchange("a", "b"));
        final long token = cell.readBegin();
        final int slot = cell.clear();
        assertTrue(cell.readRetry(token));
        assertEquals("a", cell.first(slot));
        assertEquals("b", cell.second(slot));
        assertTrue(cell.isEmpty());
        assertEquals("null/null", read(cell));
        final long empty = cell.readBegin();
        assertEquals(LatchCell.NONE, cell.clear());
        assertFalse(cell.readRetry(empty), "clearing nothing disturbs no reader");
        cell.free(slot);
        assertEquals(LatchCell.NONE, cell.exchange("c", "d"));
        assertEquals("c/d", read(cell));
    }

    @Test
    void noneNeedsNoSpecialCare() {
        assertNull(cell.first(LatchCell.NONE));
        assertNull(cell.second(LatchCell.NONE));
        cell.free(LatchCell.NONE);
        cell.free(LatchCell.NONE);
        assertEquals("null/null", replace("a", "b"));
    }

    @Test
    void readRetryTellsOfAnExchange() {
        final long token = cell.readBegin();
        assertFalse(cell.readRetry(token));
        replace("a", "b");
        assertTrue(cell.readRetry(token));
    }

    @Test
    void i3_tokenNeverComesBackThoughTheSlotDoes() {
        final long token = cell.readBegin();
        for (int i = 0; i < 1000; i++) {
            replace(i, i);
            assertTrue(cell.readRetry(token));
        }
    }

    @Test
    void unfinishedWriterDisturbsNoReader() {
        replace("a", "b");
        final long token = cell.readBegin();
        final int slot = cell.claim();
        cell.fill(slot, "c", "d");
        assertFalse(cell.readRetry(token));
        assertEquals("a/b", read(cell));
        final int old = cell.swing(slot);
        assertEquals("c/d", read(cell));
        assertEquals("a", cell.first(old));
        cell.free(old);
    }

    /** K - 2 writers stalled at each step: the next one gets through; K - 1: it is refused and nothing changed. */
    @Test
    void stalledWritersCostOneSlotEach() {
        for (int slots = 4; slots <= 32; slots *= 2) {
            for (int step = 0; step < 3; step++) {
                stall(slots, step);
            }
        }
    }

    private static void stall(final int slots, final int step) {
        final LatchCell<Object, Object> c = new LatchCell<>(slots);
        assertEquals(LatchCell.NONE, c.exchange("first", "pair"));
        for (int i = 0; i < slots - 2; i++) {
            assertNotEquals(LatchCell.BUSY, stalledWriter(c, step));
        }
        for (int i = 0; i < 100; i++) {
            final int slot = c.exchange("a" + i, "b" + i);
            assertNotEquals(LatchCell.BUSY, slot, "K - 2 are stalled");
            c.free(slot);
            assertEquals("a" + i + "/b" + i, read(c));
        }
        assertNotEquals(LatchCell.BUSY, stalledWriter(c, step));
        final String before = read(c);
        final long token = c.readBegin();
        assertEquals(LatchCell.BUSY, c.exchange("x", "y"), "K - 1 are stalled");
        assertFalse(c.readRetry(token), "a refused exchange changes nothing");
        assertEquals(before, read(c));
        final int taken = c.clear();
        assertEquals(before, c.first(taken) + "/" + c.second(taken), "clear is never refused");
        assertTrue(c.isEmpty());
        assertEquals(LatchCell.BUSY, c.exchange("x", "y"), "all slots are owned");
        c.free(taken);
        assertEquals(LatchCell.NONE, c.exchange("x", "y"));
    }

    /** Step 0: claimed only; 1: filled; 2: swung, and the replaced pair not given back. */
    private static int stalledWriter(final LatchCell<Object, Object> c, final int step) {
        if (step == 2) {
            return c.exchange("s", "s");
        }
        final int slot = c.claim();
        if (step == 1) {
            c.fill(slot, "s", "s");
        }
        return slot;
    }

    @Test
    void refusedWriterPassesOnceASlotIsBack() {
        assertEquals(LatchCell.NONE, cell.exchange("0", "0"));
        final int zero = cell.exchange("1", "1");
        final int one = cell.exchange("2", "2");
        final int two = cell.exchange("3", "3");
        assertEquals(LatchCell.BUSY, cell.exchange("4", "4"));
        cell.free(one);
        final int three = cell.exchange("4", "4");
        assertEquals("3", cell.first(three));
        assertEquals("0", cell.first(zero));
        assertEquals("2", cell.second(two));
    }

    @Test
    void freeRefusesWhatIsNotOwned() {
        replace("x", "y");
        final int slot = cell.exchange("a", "b");
        cell.free(slot);
        assertThrows(IllegalStateException.class, () -> cell.free(slot), "free already");
        final int active = LatchSlots.activeSlot(cell.readBegin());
        assertThrows(IllegalStateException.class, () -> cell.free(active), "the current pair");
        assertThrows(IndexOutOfBoundsException.class, () -> cell.free(LatchCell.BUSY));
        assertThrows(IndexOutOfBoundsException.class, () -> cell.free(4));
        assertThrows(IndexOutOfBoundsException.class, () -> cell.first(LatchCell.BUSY));
        assertThrows(IndexOutOfBoundsException.class, () -> cell.second(LatchCell.BUSY));
        assertEquals("a/b", read(cell));
    }

    @Test
    void i5_freedSlotKeepsNothingAlive() {
        Object big = new byte[1000];
        final WeakReference<Object> ref = new WeakReference<>(big);
        cell.free(cell.exchange(big, big));
        cell.free(cell.exchange("a", "b"));
        big = null;
        for (int i = 0; i < 100 && ref.get() != null; i++) {
            System.gc();
        }
        assertNull(ref.get());
    }

    @Test
    void sameObjectsComeBack() {
        final Object a = new Object();
        final Object b = new Object();
        cell.free(cell.exchange(a, b));
        final int slot = cell.exchange(null, null);
        assertSame(a, cell.first(slot));
        assertSame(b, cell.second(slot));
    }

    @Test
    void nothingIsAllocated() {
        final Object a = "a";
        final Object b = "b";
        assertEquals(0, AllocationMeter.bytes(() -> {
            for (int i = 0; i < 1000; i++) {
                final int slot = cell.exchange(a, b);
                cell.first(slot);
                cell.second(slot);
                cell.free(slot);
                final long token = cell.readBegin();
                cell.readFirst(token);
                cell.readSecond(token);
                cell.readRetry(token);
                cell.isEmpty();
                cell.free(cell.clear());
            }
        }));
    }
}
