// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.bench.capture.FlowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a flow table must do, written down with plain collections: one thread, a sorted set of deadlines, no timers. It
 * shares no code with the tables but the packets.
 */
final class ReferenceModel {
    private final Map<FlowKey, Flow> flows = new HashMap<>();
    private final TreeSet<Expiry> deadlines = new TreeSet<>();
    private final List<Expiry> expiries = new ArrayList<>();

    private ReferenceModel() {
    }

    /** Every expiry that the traffic leads to, in the order of deadlines, equal ones in the order of keys. */
    static List<Expiry> expiries(Traffic traffic, Timeouts timeouts) {
        ReferenceModel model = new ReferenceModel();
        for (int i = 0; i < traffic.size(); i++) {
            long now = traffic.timeNs(i);
            model.expireUpTo(now);
            int packet = traffic.packet(i);
            Flow flow = model.flows.computeIfAbsent(traffic.key(Traffic.flow(packet)), Flow::new);
            flow.lowEnded |= Traffic.closes(packet) == Traffic.CLOSES_LOW;
            flow.highEnded |= Traffic.closes(packet) == Traffic.CLOSES_HIGH;
            if (flow.deadline != null) {
                model.deadlines.remove(flow.deadline);
            }
            long timeout = flow.lowEnded && flow.highEnded ? timeouts.lingerNs() : timeouts.idleNs();
            flow.deadline = new Expiry(now + timeout, flow.key);
            model.deadlines.add(flow.deadline);
        }
        model.expireUpTo(Long.MAX_VALUE);
        return model.expiries;
    }

    private void expireUpTo(long now) {
        while (!deadlines.isEmpty() && deadlines.first().timeNs() <= now) {
            Expiry due = deadlines.pollFirst();
            flows.remove(due.key());
            expiries.add(due);
        }
    }

    private static final class Flow {
        private final FlowKey key;
        private boolean lowEnded;
        private boolean highEnded;
        private Expiry deadline;

        Flow(FlowKey key) {
            this.key = key;
        }
    }
}
