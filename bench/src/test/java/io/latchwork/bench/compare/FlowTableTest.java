// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowTableTest {
    private static final int FLOWS = 4;

    @ParameterizedTest
    @EnumSource(Variant.class)
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void flowExpiresOnceItIsSilent(Variant variant) throws InterruptedException {
        AtomicIntegerArray expired = new AtomicIntegerArray(FLOWS);
        Packets packets = new Packets();
        for (int i = 0; i < FLOWS; i++) {
            packets.data(0, i);
        }
        try (FlowTable table = variant.table(packets.traffic().keys(), Timeouts.ofIdleMs(20),
                expired::incrementAndGet)) {
            FlowTable.Session session = table.session();
            for (int i = 0; i < 10 * FLOWS; i++) {
                session.packet(i % FLOWS, 0, System.nanoTime());
            }
            for (int i = 0; i < FLOWS; i++) {
                while (expired.get(i) == 0) {
                    Thread.sleep(1);
                }
            }
        }
        for (int i = 0; i < FLOWS; i++) {
            assertEquals(1, expired.get(i), "flow " + i);
        }
    }

    /** The shortest time-out there is, so that adding, expiring and re-arming meet all the time. */
    @ParameterizedTest
    @EnumSource(Variant.class)
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void threadsThatRaceWithExpiriesLeaveEveryFlowArmed(Variant variant) throws InterruptedException {
        AtomicIntegerArray expired = new AtomicIntegerArray(FLOWS);
        AtomicInteger failures = new AtomicInteger();
        Packets packets = new Packets();
        for (int i = 0; i < FLOWS; i++) {
            packets.data(0, i);
        }
        try (FlowTable table = variant.table(packets.traffic().keys(), new Timeouts(20_000, 2_000),
                expired::incrementAndGet)) {
            Thread[] threads = new Thread[2];
            for (int t = 0; t < threads.length; t++) {
                threads[t] = new Thread(() -> hammer(table.session()));
                threads[t].setUncaughtExceptionHandler((thread, error) -> failures.incrementAndGet());
                threads[t].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(0, failures.get());
            for (int i = 0; i < FLOWS; i++) {
                int before = expired.get(i);
                table.session().packet(i, 0, System.nanoTime());
                while (expired.get(i) == before) {
                    Thread.sleep(1);
                }
                assertTrue(before > 0, "flow " + i + " never expired");
            }
        }
    }

    private static void hammer(FlowTable.Session session) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        for (int i = 0; System.nanoTime() < end; i++) {
            int closes = i % 7 == 0 ? Traffic.CLOSES_LOW : i % 11 == 0 ? Traffic.CLOSES_HIGH : 0;
            session.packet(i % FLOWS, closes, System.nanoTime());
            if (i % 64 == 0) {
                Thread.yield();
            }
        }
    }
}
