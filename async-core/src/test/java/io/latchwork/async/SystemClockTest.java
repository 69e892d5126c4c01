// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clocks of the machine; what must not depend on the machine is tested on a fake one. */
class SystemClockTest {
    private static final long MS = 1_000_000;
    private static final long CHECK = BootOffset.CHECK_NS;
    private static final long SUSPENDED_BEFORE = 3_600_000 * MS;

    private final AtomicLong mono = new AtomicLong(5_000 * MS);
    /** What the fake machine slept, and by how much its uptime is imprecise. */
    private final AtomicLong ahead = new AtomicLong(SUSPENDED_BEFORE);
    private final AtomicLong reads = new AtomicLong();
    private LongSupplier uptime = () -> {
        reads.incrementAndGet();
        return mono.get() + ahead.get();
    };

    private BootOffset offset() {
        return new BootOffset(mono::get, () -> uptime.getAsLong());
    }

    private long boot(BootOffset offset) {
        return offset.boot(mono.get());
    }

    private long ahead(BootOffset offset) {
        return boot(offset) - mono.get();
    }

    @Test
    void aSuspensionIsNoticedAtTheNextCheck() {
        BootOffset offset = offset();
        assertEquals(SUSPENDED_BEFORE, ahead(offset));
        ahead.addAndGet(7_000 * MS);
        assertEquals(SUSPENDED_BEFORE, ahead(offset), "not due");
        mono.addAndGet(CHECK - 1);
        assertEquals(SUSPENDED_BEFORE, ahead(offset), "not due");
        mono.addAndGet(1);
        assertEquals(SUSPENDED_BEFORE + 7_000 * MS, ahead(offset));
        ahead.addAndGet(1_000 * MS);
        mono.addAndGet(CHECK);
        assertEquals(SUSPENDED_BEFORE + 8_000 * MS, ahead(offset));
    }

    @Test
    void imprecisionIsNotTakenForASuspension() {
        BootOffset offset = offset();
        for (long jitter : new long[] {-10, 9, 0, 49, 50, -50, 50}) {
            ahead.set(SUSPENDED_BEFORE + jitter * MS);
            mono.addAndGet(CHECK);
            assertEquals(SUSPENDED_BEFORE, ahead(offset), "jitter of " + jitter + " ms");
        }
        ahead.set(SUSPENDED_BEFORE + 50 * MS + 1);
        mono.addAndGet(CHECK);
        assertEquals(SUSPENDED_BEFORE + 50 * MS + 1, ahead(offset), "above 50 ms");
    }

    @ParameterizedTest
    @CsvSource({"-4, 0", "0, 0", "50, 0", "-50, 0", "51, 51", "-51, -51", "-3600000, -3600000"})
    void aMachineThatWasNeverSuspendedIsNotAhead(long firstMs, long expectedMs) {
        ahead.set(firstMs * MS);
        BootOffset offset = offset();
        assertEquals(expectedMs * MS, ahead(offset));
        mono.addAndGet(CHECK);
        ahead.set(expectedMs * MS + 60 * MS);
        assertEquals(expectedMs * MS + 60 * MS, ahead(offset));
    }

    @Test
    void shortSuspensionsAddUp() {
        BootOffset offset = offset();
        for (int i = 0; i < 2; i++) {
            ahead.addAndGet(25 * MS);
            mono.addAndGet(CHECK);
            assertEquals(SUSPENDED_BEFORE, ahead(offset));
        }
        ahead.addAndGet(25 * MS);
        mono.addAndGet(CHECK);
        assertEquals(SUSPENDED_BEFORE + 75 * MS, ahead(offset));
    }

    @Test
    void neverGoesBack() {
        BootOffset offset = offset();
        long last = boot(offset);
        for (long sleep : new long[] {500, -400, -3_600_000, 600, 0, -1_000}) {
            ahead.addAndGet(sleep * MS);
            mono.addAndGet(CHECK);
            long now = boot(offset);
            assertTrue(now - last >= CHECK, "went back by " + (last + CHECK - now));
            last = now;
        }
    }

    @Test
    void theSourceIsAskedAtMostOnceInAHundredMilliseconds() {
        BootOffset offset = offset();
        assertEquals(1, reads.get());
        for (int i = 0; i < 1_000; i++) {
            mono.addAndGet(10 * MS);
            boot(offset);
            boot(offset);
        }
        assertEquals(1 + 100, reads.get());
    }

    @Test
    void aSourceThatNeverSpokeIsNotAskedAgain() {
        uptime = () -> {
            reads.incrementAndGet();
            return BootOffset.UNKNOWN;
        };
        BootOffset offset = offset();
        mono.addAndGet(CHECK);
        assertEquals(0, ahead(offset));
        assertEquals(1, reads.get());
    }

    @Test
    void aSourceThatFallsSilentLeavesTheOffset() {
        BootOffset offset = offset();
        LongSupplier speaking = uptime;
        uptime = () -> BootOffset.UNKNOWN;
        ahead.addAndGet(500 * MS);
        mono.addAndGet(CHECK);
        assertEquals(SUSPENDED_BEFORE, ahead(offset));
        uptime = speaking;
        mono.addAndGet(CHECK);
        assertEquals(SUSPENDED_BEFORE + 500 * MS, ahead(offset));
    }

    /** The first sample must not be one that was held up: the next would look like a suspension. */
    @Test
    void theFirstSampleIsRepeatedIfItTookLong() {
        uptime = () -> {
            long now = mono.get() + ahead.get();
            mono.addAndGet(reads.getAndIncrement() == 0 ? 80 * MS : 0); // held up after the read
            return now;
        };
        assertEquals(SUSPENDED_BEFORE, ahead(offset()));
        assertEquals(2, reads.get());
    }

    @Test
    void aSourceThatIsAlwaysSlowIsAskedFiveTimes() {
        uptime = () -> {
            reads.incrementAndGet();
            return mono.getAndAdd(2 * MS) + ahead.get();
        };
        assertEquals(SUSPENDED_BEFORE - 2 * MS, ahead(offset()), "under-estimated, not over-estimated");
        assertEquals(5, reads.get());
    }

    @Test
    void callsInsideTheReadUseTheLastOffset() {
        BootOffset[] offset = new BootOffset[1];
        long[] inside = new long[1];
        offset[0] = offset();
        LongSupplier plain = uptime;
        uptime = () -> {
            inside[0] = ahead(offset[0]);
            return plain.getAsLong();
        };
        ahead.addAndGet(500 * MS);
        mono.addAndGet(CHECK);
        assertEquals(SUSPENDED_BEFORE + 500 * MS, ahead(offset[0]));
        assertEquals(SUSPENDED_BEFORE, inside[0]);
    }

    @Test
    void aSourceThatThrowsGivesTheClaimBack() {
        BootOffset offset = offset();
        LongSupplier plain = uptime;
        uptime = () -> {
            throw new IllegalStateException("source");
        };
        ahead.addAndGet(500 * MS);
        mono.addAndGet(CHECK);
        assertThrows(IllegalStateException.class, () -> boot(offset));
        uptime = plain;
        mono.addAndGet(CHECK);
        assertEquals(SUSPENDED_BEFORE + 500 * MS, ahead(offset));
    }

    @Test
    void aThreadThatIsStoppedInTheReadHoldsNobodyUp() throws InterruptedException {
        BootOffset offset = offset();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LongSupplier plain = uptime;
        uptime = () -> {
            inside.countDown();
            awaitUnchecked(goOn);
            return plain.getAsLong();
        };
        ahead.addAndGet(500 * MS);
        mono.addAndGet(CHECK);
        Thread stopped = new Thread(() -> boot(offset));
        stopped.start();
        inside.await();
        for (int i = 0; i < 3; i++) {
            mono.addAndGet(CHECK);
            assertEquals(SUSPENDED_BEFORE, ahead(offset));
        }
        goOn.countDown();
        stopped.join();
        assertEquals(SUSPENDED_BEFORE + 500 * MS, ahead(offset));
    }

    @Test
    void ofManyThreadsOneAsks() throws Exception {
        int rounds = 2_000;
        BootOffset offset = offset();
        CyclicBarrier barrier = new CyclicBarrier(2, () -> {
            mono.addAndGet(CHECK);
            ahead.addAndGet(60 * MS);
        });
        AtomicLong wentBack = new AtomicLong();
        Runnable body = () -> {
            long last = 0;
            for (int i = 0; i < rounds; i++) {
                awaitUnchecked(barrier);
                long now = boot(offset);
                wentBack.addAndGet(now < last ? 1 : 0);
                last = now;
            }
        };
        Thread other = new Thread(body);
        other.start();
        body.run();
        other.join();
        assertEquals(0, wentBack.get());
        assertEquals(1 + rounds, reads.get());
        assertEquals(SUSPENDED_BEFORE + rounds * 60L * MS, ahead(offset));
    }

    @Test
    void theMachinesClocksAreSane() {
        SystemClock clock = new SystemClock();
        long before = clock.nanoTime();
        assertTrue(clock.nanoTime() - before >= 0);
        long wall = clock.epochNanos();
        assertTrue(wall > Instant.parse("2020-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L);
        long boot = clock.bootNanos();
        assertTrue(clock.bootNanos() >= boot);
    }

    /** The kernel's figure is rounded down to 10 ms, so the estimate can be ahead of it by that, and by nothing else. */
    @Test
    void theTimeSinceBootIsNotOverEstimated() {
        UptimeFile file = new UptimeFile(Path.of("/proc/uptime"));
        assumeTrue(file.getAsLong() != BootOffset.UNKNOWN);
        SystemClock clock = new SystemClock();
        for (int i = 0; i < 100; i++) {
            long boot = clock.bootNanos();
            assertTrue(boot - file.getAsLong() <= 10 * MS);
        }
    }

    @Test
    void anyUptimeWillDo() {
        SystemClock clock = new SystemClock(() -> System.nanoTime() + SUSPENDED_BEFORE);
        long before = System.nanoTime();
        long boot = clock.bootNanos();
        assertTrue(boot > before && boot - System.nanoTime() <= SUSPENDED_BEFORE);
    }

    @Test
    void withoutAFileItIsTheMonotonicTime(@TempDir Path directory) throws IOException {
        Path garbage = Files.writeString(directory.resolve("garbage"), "soon\n");
        for (Path file : new Path[] {directory.resolve("nobody"), directory, garbage}) {
            SystemClock clock = new SystemClock(file);
            long before = System.nanoTime();
            long boot = clock.bootNanos();
            assertTrue(boot - before >= 0 && System.nanoTime() - boot >= 0, "not between two looks: " + file);
        }
    }

    @ParameterizedTest
    @CsvSource({"'12667.23 15483.04\n', 12667230000000", "'0.00 0.00\n', 0", "'7 1\n', 7000000000", "'7\n', 7000000000",
        "'7', 7000000000", "'1.234567891234 2', 1234567891", "'9223372035.00 1', 9223372035000000000", "'5. 1', 5000000000"})
    void readsTheFile(String text, long expected, @TempDir Path directory) throws IOException {
        assertEquals(expected, new UptimeFile(Files.writeString(directory.resolve("uptime"), text)).getAsLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "x", " 7.00 1", "-7.00 1", "7x 1", "7.0x 1", ".5 1", "9223372036.00 1",
        "99999999999999999999999999 1"})
    void refusesWhatIsNoUptime(String text, @TempDir Path directory) throws IOException {
        assertEquals(BootOffset.UNKNOWN, new UptimeFile(Files.writeString(directory.resolve("uptime"), text)).getAsLong());
    }

    @Test
    void readsTheFileAnew(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("uptime");
        UptimeFile file = new UptimeFile(path);
        assertEquals(BootOffset.UNKNOWN, file.getAsLong());
        Files.writeString(path, "100.25 1\n");
        assertEquals(100_250 * MS, file.getAsLong());
        Files.writeString(path, "3.5 1\n");
        assertEquals(3_500 * MS, file.getAsLong(), "nothing is left of a longer text");
    }

    @Test
    void anInterruptedThreadReadsTheFile(@TempDir Path directory) throws IOException {
        UptimeFile file = new UptimeFile(Files.writeString(directory.resolve("uptime"), "8.00 1\n"));
        Thread.currentThread().interrupt();
        try {
            assertEquals(8_000 * MS, file.getAsLong());
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUnchecked(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
