// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.bench.capture.FlowKey;

/**
 * The flow table on an {@link AsyncRuntime}: a hash map of flows, each element with its time-out embedded. The
 * lock-free runtime and the locked one run exactly this code. A packet comes with its time of arrival, so deadlines are
 * absolute and the table reads no clock.
 *
 * <p>Threads race, and the table says what then holds:
 * <ul>
 * <li>Two threads add the same flow: the second {@code update} replaces the element's value and frees the first one's
 *     timer. Each of them goes on until a {@code start} of its own is answered OK or REARMED, so a flow that is in the
 *     table is armed.
 * <li>{@code init} is answered EBUSY: another thread was first, its block serves both.
 * <li>{@code start} is answered ENOENT or EINVAL: the flow went away, or was added anew, since it was looked up; look
 *     it up again.
 * <li>A packet comes while the expiry of its flow runs: it may re-arm a timer that is then deleted with the element.
 *     The flow is gone although a packet was seen a moment ago; the next packet adds it anew. A tracker takes that: the
 *     packet counts as one that came just before the expiry.
 * </ul>
 */
final class RuntimeFlowTable implements FlowTable {
    /** Elements beyond the number of flows: those deleted lately wait for a grace period. */
    private static final int SPARE = 1024;
    /** How often one packet is tried before the table is declared broken. */
    private static final int MAX_TRIES = 10_000_000;

    private final AsyncRuntime runtime;
    private final Timeouts timeouts;
    private final ExpirySink sink;
    private final FlowKey[] keys;
    private final FlowState[] states;
    private final TimerCallback<FlowKey, FlowState> onExpiry = this::expired;
    private final BpfProg prog;
    private final BpfHashMap<FlowKey, FlowState> map;

    /**
     * Makes a table; closing it closes the runtime.
     *
     * @param runtime the runtime that the time-outs run on, for this table alone
     * @param keys the keys of the flows that may come
     * @param timeouts the time-outs
     * @param sink told of removed flows
     */
    RuntimeFlowTable(AsyncRuntime runtime, FlowKey[] keys, Timeouts timeouts, ExpirySink sink) {
        this.runtime = runtime;
        this.timeouts = timeouts;
        this.sink = sink;
        this.keys = keys;
        this.states = new FlowState[keys.length];
        for (int i = 0; i < keys.length; i++) {
            states[i] = new FlowState(i);
        }
        this.prog = runtime.loadProgram("flow-timeouts", () -> { });
        this.map = runtime.hashMap("flows", keys.length + SPARE);
    }

    @Override
    public Session session() {
        return new RuntimeSession();
    }

    /** The callback of every timer. */
    private void expired(BpfMap<FlowKey, FlowState> from, FlowKey key, FlowState state) {
        if (map.delete(key) == Status.OK) {
            sink.expired(state.flow());
        }
    }

    @Override
    public void close() {
        map.close();
        prog.close();
        runtime.close();
    }

    private final class RuntimeSession implements Session {
        private final MapElement<FlowKey, FlowState> element = map.handle();
        private final BpfTimer<FlowKey, FlowState> timer = element.timer();

        @Override
        public void packet(int flow, int closes, long arrivalNs) {
            FlowKey key = keys[flow];
            if (map.lookup(key, element) != Status.OK || rearm(closes, arrivalNs).isRefusal()) {
                admit(flow, closes, arrivalNs);
            }
        }

        private Status rearm(int closes, long arrivalNs) {
            FlowState state = element.value();
            return state == null ? Status.ENOENT
                : timer.start(arrivalNs + timeouts.after(state.close(closes)), BpfTimer.TIMER_ABS);
        }

        /** The flow is not in the table, or not armed yet: add it, unless another thread just does. */
        private void admit(int flow, int closes, long arrivalNs) {
            Status last = Status.ENOENT;
            for (int tries = 0; tries < MAX_TRIES; tries++) {
                last = map.lookup(keys[flow], element);
                if (last == Status.ENOENT) {
                    states[flow].reopen();
                    last = map.update(keys[flow], states[flow]);
                } else if (last == Status.OK) {
                    last = arm(closes, arrivalNs);
                    if (!last.isRefusal()) {
                        return;
                    }
                }
                if (last.isRefusal()) {
                    Thread.onSpinWait();
                }
            }
            throw new IllegalStateException("flow " + keys[flow] + " cannot be armed: " + last);
        }

        private Status arm(int closes, long arrivalNs) {
            Status status = timer.init(map, ClockId.MONOTONIC);
            if (status == Status.OK || status == Status.EBUSY) {
                status = timer.setCallback(prog, onExpiry);
            }
            return status == Status.OK ? rearm(closes, arrivalNs) : status;
        }
    }
}
