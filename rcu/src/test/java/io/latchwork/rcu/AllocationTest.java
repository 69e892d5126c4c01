// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int CALLS = 1000;

    /** Everything that may be called from anywhere, on heads made before. */
    private static void everything(final Rcu rcu, final RcuHead[] heads, final int from) {
        for (int i = 0; i < heads.length / 2; i++) {
            final RcuSlot outer = rcu.readLock();
            final RcuSlot inner = rcu.readLock();
            rcu.isReadHeld();
            rcu.nmiEnter();
            rcu.nmiEnter();
            rcu.inNmi();
            rcu.nmiExit();
            rcu.nmiExit();
            rcu.callRcu(heads[from + 2 * i]);
            rcu.tryCallRcu(heads[from + 2 * i + 1]);
            rcu.poll(rcu.startPoll());
            inner.unlock();
            outer.unlock();
        }
    }

    private static long measure(final int owned, final int leased, final boolean manual, final long backlogMax)
        throws InterruptedException {
        return measure(Rcu.builder().ownedSlots(owned).leasedSlots(leased), manual, backlogMax);
    }

    private static long measure(final Rcu.Builder domain, final boolean manual, final long backlogMax)
        throws InterruptedException {
        final ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Rcu.Builder builder = domain.batchDelayNs(0).backlogHigh(3).backlogMax(backlogMax);
        try (Rcu rcu = manual ? builder.manual().build() : builder.build()) {
            final RcuHead[] heads = new RcuHead[CALLS];
            for (int i = 0; i < CALLS; i++) {
                heads[i] = new Support.Counting();
            }
            final long[] bytes = new long[2];
            Support.start(() -> {
                final long id = Thread.currentThread().getId();
                meter.getThreadAllocatedBytes(id);
                bytes[0] = -meter.getThreadAllocatedBytes(id);
                bytes[1] = meter.getThreadAllocatedBytes(id) + bytes[0];
                bytes[0] = -meter.getThreadAllocatedBytes(id);
                everything(rcu, heads, 0);
                bytes[0] += meter.getThreadAllocatedBytes(id);
            }).end();
            return bytes[0] - bytes[1];
        }
    }

    private static long worst() throws InterruptedException {
        long worst = measure(Rcu.builder().asymmetric(true), true, Long.MAX_VALUE);
        for (final int owned : new int[] {16, 0}) {
            for (final int leased : new int[] {16, 0}) {
                worst = Math.max(worst, measure(owned, leased, true, Long.MAX_VALUE));
                worst = Math.max(worst, measure(owned, leased, false, Long.MAX_VALUE));
                worst = Math.max(worst, measure(owned, leased, true, 1));
            }
        }
        return worst;
    }

    /** Entry of the fresh JVM; the exit code is the answer. */
    public static void main(final String[] args) throws InterruptedException {
        final long bytes = worst();
        System.out.println(bytes + " bytes");
        System.exit(bytes == 0 ? 0 : 1);
    }

    /** A fresh interpreter: every call site is met for the first time after construction, and no compiler interferes. */
    @Test
    void nothingIsAllocatedFromTheFirstCallOn() throws IOException, InterruptedException {
        final Process fresh = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xint",
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), AllocationTest.class.getName())
            .redirectErrorStream(true).start();
        final String output = new String(fresh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, fresh.waitFor(), output);
    }

    /** The VM may link a call site once more when it is first run compiled: some hundred bytes once, never some per call. */
    @Test
    void nothingIsAllocatedPerCallWhenCompiled() throws InterruptedException {
        final long bytes = worst();
        assertTrue(bytes < 4 * CALLS, bytes + " bytes in " + CALLS + " calls of each kind");
    }
}
