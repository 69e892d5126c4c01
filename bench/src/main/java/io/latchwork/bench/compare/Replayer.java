// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;

/**
 * One thread of a round: feeds its packets to the table as fast as it can until it is told to stop. Every
 * {@value #STRIDE}st operation is timed by a clock read before and after it, so that reading the clock does not make up
 * most of what is measured; the number is odd so that in some laps every packet is among them.
 *
 * <p>Packets come in bursts, as a network card hands them to a packet program: the clock is read once for all packets
 * of a burst, inside the operation of the first.
 */
final class Replayer implements Runnable {
    /** One operation in so many is timed. */
    static final int STRIDE = 31;
    private static final int CHUNK = 256;
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RoundControl control;
    private final FlowTable table;
    private final Deal deal;
    private final int thread;
    private final int burst;
    private final Histogram latency = Latency.histogram();

    private int[] lap;
    private int at;
    private int untilTimed = STRIDE;
    private int leftInBurst;
    private long arrivalNs;
    private long ops;
    private long elapsedNs;
    private long bytes;
    private Throwable failure;

    Replayer(RoundControl control, FlowTable table, Deal deal, int thread, int burst) {
        this.control = control;
        this.table = table;
        this.deal = deal;
        this.thread = thread;
        this.burst = burst;
    }

    @Override
    public void run() {
        try {
            replay(table.session());
        } catch (RuntimeException | Error e) {
            failure = e;
            control.stop();
        }
    }

    private void replay(FlowTable.Session session) {
        feed(session, RoundControl.RAMP);
        latency.reset();
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        long done = feed(session, RoundControl.MEASURE);
        elapsedNs = System.nanoTime() - start;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
        ops = done;
    }

    /** Feeds packets for as long as the round is in a phase and returns how many. */
    private long feed(FlowTable.Session session, int phase) {
        long done = 0;
        while (control.phase() == phase) {
            int[] now = deal.lap(thread, deal.restingPart(System.nanoTime() - control.startNs()));
            if (now != lap) {
                lap = now;
                at = Math.min(at, now.length - 1);
            }
            chunk(session);
            done += CHUNK;
        }
        return done;
    }

    private void chunk(FlowTable.Session session) {
        int[] packets = lap;
        int i = at;
        int until = untilTimed;
        for (int n = 0; n < CHUNK; n++) {
            int packet = packets[i];
            if (++i == packets.length) {
                i = 0;
            }
            if (--until != 0) {
                session.packet(Traffic.flow(packet), Traffic.closes(packet), arrival());
            } else {
                until = STRIDE;
                timed(session, packet);
            }
        }
        at = i;
        untilTimed = until;
    }

    private void timed(FlowTable.Session session, int packet) {
        long before = System.nanoTime();
        session.packet(Traffic.flow(packet), Traffic.closes(packet), arrival());
        latency.recordValue(Math.min(System.nanoTime() - before, Latency.MAX_NS));
    }

    /** The time of arrival of the next packet: one clock read serves a burst. */
    private long arrival() {
        if (--leftInBurst < 0) {
            leftInBurst = burst - 1;
            arrivalNs = System.nanoTime();
        }
        return arrivalNs;
    }

    /** Adds what was measured to a tally. Call when the thread has ended. */
    void addTo(Tally tally) {
        if (failure != null) {
            throw new IllegalStateException("replay thread " + thread + " failed: " + failure, failure);
        }
        tally.add(ops, elapsedNs, bytes, latency);
    }
}
