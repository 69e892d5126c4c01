// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.irqwork.IrqWorkQueue;
import io.latchwork.nmi.Scenario;
import io.latchwork.nmi.toy.ToyWork;
import java.util.List;

/** IrqWorkQueue: queue, run and close in one another. */
public final class IrqWorkScenarios {

    private IrqWorkScenarios() {
    }

    /** A queue, two items, and a count of raises and of errors. */
    static final class State {
        private final ToyWork first = new ToyWork();
        private final ToyWork second = new ToyWork();
        private int raises;
        private int errors;
        private final IrqWorkQueue queue = new IrqWorkQueue(() -> raises++, (work, error) -> errors++);
    }

    /** Queueing an item interrupts queueing the same item. */
    public static class QueueInQueue implements Scenario<State> {
        @Override
        public State fresh() {
            return new State();
        }

        @Override
        public Object interrupted(final State state) {
            return state.first.storeAndQueue(state.queue);
        }

        @Override
        public Object nested(final State state, final int index) {
            return state.first.storeAndQueue(state.queue);
        }

        /** Whether the item is on the queue, how often it runs, and whether its last run saw the last store. */
        @Override
        public Object observe(final State state) {
            final boolean raised = state.raises > 0;
            final boolean pending = state.first.isPending();
            final boolean empty = state.queue.isEmpty();
            state.queue.run();
            final boolean upToDate = state.first.upToDate();
            return "raised " + raised + " pending " + pending + " empty " + empty + " runs " + state.first.runs()
                + " + " + state.second.runs() + " upToDate " + upToDate + " idle "
                + (!state.first.isPending() && !state.first.isBusy())
                + " again " + state.queue.queue(state.first) + " " + state.queue.run() + " errors " + state.errors;
        }
    }

    /** Queueing an item interrupts queueing another one. */
    public static final class QueueOtherInQueue extends QueueInQueue {
        @Override
        public Object nested(final State state, final int index) {
            return index == 0 ? state.second.storeAndQueue(state.queue) : state.queue.queueHard(state.second).name();
        }

        /**
         * The first item's call may be stalled between its store, its claim and its push; the second one's run must
         * come.
         */
        @Override
        public boolean allow(final List<Object> outcome) {
            final String state = (String) outcome.get(outcome.size() - 1);
            return outcome.get(0) == null && outcome.get(1).equals("QUEUED") && state.contains(" + 1 ")
                && state.endsWith("errors 0");
        }
    }

    /** Queueing an item interrupts its run, and everything around its run. */
    public static class QueueInRun extends QueueInQueue {
        @Override
        public State fresh() {
            final State state = new State();
            state.first.storeAndQueue(state.queue);
            return state;
        }

        @Override
        public Object interrupted(final State state) {
            return state.queue.run();
        }
    }

    /** Queueing interrupts closing: an item is run, or its caller is told. */
    public static final class QueueInClose extends QueueInRun {
        @Override
        public Object interrupted(final State state) {
            return state.queue.close();
        }

        /** A call that is refused may yet have been in time for the run: the run saw its store. */
        @Override
        public boolean allow(final List<Object> outcome) {
            final String state = (String) outcome.get(outcome.size() - 1);
            return outcome.get(0).equals(1) && outcome.subList(1, outcome.size() - 1).contains("CLOSED")
                && state.equals(
                    "raised true pending false empty true runs 1 + 0 upToDate true idle true again CLOSED 0 errors 0");
        }
    }

    /** Closing interrupts queueing. */
    public static final class CloseInQueue extends QueueInQueue {
        @Override
        public Object nested(final State state, final int index) {
            return state.queue.close();
        }
    }

    /** A duty cycle interrupts queueing, by the owner itself. */
    public static final class RunInQueue extends QueueInQueue {
        @Override
        public Object nested(final State state, final int index) {
            return state.queue.run();
        }
    }
}
