// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.rcu.StallListener;
import io.latchwork.rcu.StallReport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts stall reports by the thread that they name. */
final class StallReports implements StallListener {
    private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();
    private final LongAdder anonymous = new LongAdder();
    private final LongAdder all = new LongAdder();

    @Override
    public void onStall(final StallReport report) {
        all.increment();
        if (report.tier() == StallReport.Tier.COUNTER) {
            anonymous.increment();
        } else if (report.threadName() != null) {
            byName.computeIfAbsent(report.threadName(), name -> new LongAdder()).increment();
        }
    }

    long of(final String threadName) {
        final LongAdder count = byName.get(threadName);
        return count == null ? 0 : count.sum();
    }

    long anonymous() {
        return anonymous.sum();
    }

    long all() {
        return all.sum();
    }
}
