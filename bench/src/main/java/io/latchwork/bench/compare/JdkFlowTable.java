// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.bench.capture.FlowKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The flow table as one writes it with the JDK: a concurrent hash map, and for each packet a new task of a
 * {@link ScheduledThreadPoolExecutor}, which removes cancelled tasks at once, in place of the old one. It takes delays
 * only, so the time of arrival is of no use. Of two packets that race, each cancels the task that it replaced, so one
 * stays.
 */
final class JdkFlowTable implements FlowTable {
    private final FlowKey[] keys;
    private final Timeouts timeouts;
    private final ExpirySink sink;
    private final ConcurrentMap<FlowKey, Flow> flows;
    private final ScheduledThreadPoolExecutor timers;

    JdkFlowTable(FlowKey[] keys, Timeouts timeouts, ExpirySink sink) {
        this.keys = keys;
        this.timeouts = timeouts;
        this.sink = sink;
        this.flows = new ConcurrentHashMap<>(2 * keys.length);
        this.timers = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("jdk-timers"));
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Session session() {
        return this::packet;
    }

    private void packet(int number, int closes, long arrivalNs) {
        FlowKey key = keys[number];
        Flow flow = flows.get(key);
        if (flow == null) {
            Flow fresh = new Flow(number);
            flow = flows.putIfAbsent(key, fresh);
            if (flow == null) {
                flow = fresh;
            }
        }
        long delayNs = timeouts.after(flow.state.close(closes));
        Future<?> replaced = flow.getAndSet(timers.schedule(flow, delayNs, TimeUnit.NANOSECONDS));
        if (replaced != null) {
            replaced.cancel(false);
        }
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }

    /** One life of a flow, from its first packet to its expiry, and the task that ends it. */
    private final class Flow extends AtomicReference<Future<?>> implements Runnable {
        private static final long serialVersionUID = 1L;

        private final transient FlowState state;

        Flow(int number) {
            this.state = new FlowState(number);
        }

        @Override
        public void run() {
            if (flows.remove(keys[state.flow()], this)) {
                sink.expired(state.flow());
            }
        }
    }
}
