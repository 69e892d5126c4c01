// SPDX-License-Identifier: Apache-2.0
package io.latchwork.seqlatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public class SeqcountLatchTest {

    private final SeqcountLatch latch = new SeqcountLatch();
    /** Two copies of two words. */
    private final AtomicLongArray data = new AtomicLongArray(4);

    private void write(final long value) {
        latch.writeBegin();
        store(0, value);
        latch.writeMiddle();
        store(1, value);
        latch.writeEnd();
    }

    private void store(final int copy, final long value) {
        data.setOpaque(2 * copy, value);
        data.setOpaque(2 * copy + 1, -value);
    }

    /** One pass; Long.MIN_VALUE if the pass has to be repeated. */
    private long tryRead() {
        final long seq = latch.readBegin();
        final int copy = SeqcountLatch.copyOf(seq);
        final long a = data.getOpaque(2 * copy);
        final long b = data.getOpaque(2 * copy + 1);
        if (latch.readRetry(seq)) {
            return Long.MIN_VALUE;
        }
        assertEquals(-a, b, "I4: the two words are of different writes");
        return a;
    }

    @Test
    void startsWithCopyZero() {
        assertEquals(0, SeqcountLatch.copyOf(latch.readBegin()));
    }

    @Test
    void copyOfIsTheLowBit() {
        assertEquals(0, SeqcountLatch.copyOf(0));
        assertEquals(1, SeqcountLatch.copyOf(1));
        assertEquals(0, SeqcountLatch.copyOf(1L << 40));
        assertEquals(1, SeqcountLatch.copyOf((1L << 40) + 1));
    }

    @Test
    void beginSendsReadersToCopyOneAndMiddleBack() {
        latch.writeBegin();
        assertEquals(1, SeqcountLatch.copyOf(latch.readBegin()));
        latch.writeMiddle();
        assertEquals(0, SeqcountLatch.copyOf(latch.readBegin()));
        latch.writeEnd();
        assertEquals(0, SeqcountLatch.copyOf(latch.readBegin()));
    }

    @Test
    void i1_seqGrowsByTwoWithEachWrite() {
        final long before = latch.readBegin();
        write(1);
        write(2);
        assertEquals(before + 4, latch.readBegin());
    }

    @Test
    void retryIsAnsweredOnlyWhenSeqMoved() {
        final long seq = latch.readBegin();
        assertFalse(latch.readRetry(seq));
        latch.writeBegin();
        assertTrue(latch.readRetry(seq));
        final long inside = latch.readBegin();
        assertFalse(latch.readRetry(inside));
        latch.writeMiddle();
        assertTrue(latch.readRetry(inside));
        final long after = latch.readBegin();
        latch.writeEnd();
        assertFalse(latch.readRetry(after), "writeEnd disturbs no reader");
    }

    @Test
    void i2_readerInsideTheWriterPassesAtOnceAtEveryStep() {
        write(7);
        assertEquals(7, tryRead());
        latch.writeBegin();
        assertEquals(7, tryRead());
        data.setOpaque(0, 8);
        assertEquals(7, tryRead(), "the half stored copy is not read");
        data.setOpaque(1, -8);
        assertEquals(7, tryRead());
        latch.writeMiddle();
        assertEquals(8, tryRead());
        data.setOpaque(2, 8);
        assertEquals(8, tryRead(), "the half stored copy is not read");
        data.setOpaque(3, -8);
        latch.writeEnd();
        assertEquals(8, tryRead());
    }

    @Test
    void i3_writersOutOfOrderAreRefused() {
        assertThrows(AssertionError.class, latch::writeMiddle);
        final SeqcountLatch second = new SeqcountLatch();
        assertThrows(AssertionError.class, second::writeEnd);
        final SeqcountLatch third = new SeqcountLatch();
        third.writeBegin();
        assertThrows(AssertionError.class, third::writeBegin);
        final SeqcountLatch fourth = new SeqcountLatch();
        fourth.writeBegin();
        assertThrows(AssertionError.class, fourth::writeEnd);
    }

    @Test
    void nothingIsAllocated() {
        final SeqcountLatch quiet = new SeqcountLatch();
        assertEquals(0, AllocationMeter.bytes(() -> {
            for (int i = 0; i < 1000; i++) {
                quiet.writeBegin();
                quiet.writeMiddle();
                quiet.writeEnd();
                quiet.readRetry(quiet.readBegin());
            }
        }));
    }

    @Test
    void i4_readerAgainstWriterSeesWholeGrowingValues() throws InterruptedException {
        final int writes = 300_000;
        final AtomicBoolean done = new AtomicBoolean();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread reader = new Thread(() -> {
            long last = 0;
            while (!done.get()) {
                final long now = tryRead();
                if (now != Long.MIN_VALUE) {
                    assertTrue(now >= last, "went back from " + last + " to " + now);
                    last = now;
                }
            }
        });
        reader.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        reader.start();
        for (int i = 1; i <= writes; i++) {
            write(i);
        }
        done.set(true);
        reader.join();
        assertEquals(null, failure.get());
        assertEquals(writes, tryRead());
    }
}
