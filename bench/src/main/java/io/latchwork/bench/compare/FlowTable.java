// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

/**
 * A connection tracker in small: a table of the flows that were seen lately, each with an idle time-out. A packet looks
 * its flow up, adds it when it is not there, and re-arms its time-out; when the time-out expires the flow is removed.
 */
public interface FlowTable extends AutoCloseable {
    /**
     * What one thread needs to feed packets.
     *
     * @return a session for one thread at a time
     */
    Session session();

    /** Stops the timers and drops the flows. */
    @Override
    void close();

    /** Feeds packets into a table. */
    @FunctionalInterface
    interface Session {
        /**
         * One packet: the operation that is measured.
         *
         * @param flow the number of its flow
         * @param closes the side that it ends, as in {@link Traffic#closes(int)}; the state is kept until the flow is
         *     removed
         * @param arrivalNs when it arrived, on the clock of the timers: the time-out counts from then
         */
        void packet(int flow, int closes, long arrivalNs);
    }

    /** Told when a time-out removed a flow. */
    @FunctionalInterface
    interface ExpirySink {
        /**
         * A flow was removed. Called on the thread that runs the timers.
         *
         * @param flow its number
         */
        void expired(int flow);
    }
}
