// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.bench.capture.FlowKey;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The flow table as one writes it with Netty: a concurrent hash map, and for each packet a new timeout of a
 * {@link HashedWheelTimer} with a tick of 1 ms in place of the old one. It takes delays only, so the time of arrival is
 * of no use. Of two packets that race, each cancels the timeout that it replaced, so one stays.
 */
final class NettyFlowTable implements FlowTable {
    private static final int WHEEL = 512;

    static {
        // the default looks for loggers on the class path, and one of them prints when it is not set up
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }

    private final FlowKey[] keys;
    private final Timeouts timeouts;
    private final ExpirySink sink;
    private final ConcurrentMap<FlowKey, Flow> flows;
    private final HashedWheelTimer timers;

    NettyFlowTable(FlowKey[] keys, Timeouts timeouts, ExpirySink sink) {
        this.keys = keys;
        this.timeouts = timeouts;
        this.sink = sink;
        this.flows = new ConcurrentHashMap<>(2 * keys.length);
        this.timers = new HashedWheelTimer(DaemonThreads.named("netty-timers"), 1, TimeUnit.MILLISECONDS, WHEEL, false);
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
        Timeout replaced = flow.getAndSet(timers.newTimeout(flow, delayNs, TimeUnit.NANOSECONDS));
        if (replaced != null) {
            replaced.cancel();
        }
    }

    @Override
    public void close() {
        timers.stop();
    }

    /** One life of a flow, from its first packet to its expiry, and the task that ends it. */
    private final class Flow extends AtomicReference<Timeout> implements TimerTask {
        private static final long serialVersionUID = 1L;

        private final transient FlowState state;

        Flow(int number) {
            this.state = new FlowState(number);
        }

        @Override
        public void run(Timeout timeout) {
            if (flows.remove(keys[state.flow()], this)) {
                sink.expired(state.flow());
            }
        }
    }
}
