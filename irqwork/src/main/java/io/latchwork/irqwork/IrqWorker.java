// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.util.Objects;
import org.agrona.concurrent.Agent;

/**
 * The worker of an {@link IrqWorkQueue}: an Agrona {@link Agent}, to be driven by an {@code AgentRunner}, by an
 * {@code AgentInvoker}, or as part of a composite agent beside the user's own. Whatever thread calls {@link #doWork()}
 * is the owner of the queue.
 *
 * <p>A user's own idle strategy is to wake at {@link #nextDeadlineNs()} at the latest, after the lazy tick that it
 * wants to promise, and when the queue's {@link Raiser} is called; {@link HybridIdle} does all three.
 */
public final class IrqWorker implements Agent {

    private final String roleName;
    private final IrqWorkQueue queue;
    private final DeadlineSource source;

    /**
     * A worker for a queue alone.
     *
     * @param roleName the agent's name
     * @param queue the queue, which this worker owns from its first duty cycle on
     */
    public IrqWorker(final String roleName, final IrqWorkQueue queue) {
        this(roleName, queue, new NoDeadlines());
    }

    /**
     * A worker for a queue and a source of deadlines.
     *
     * @param roleName the agent's name
     * @param queue the queue, which this worker owns from its first duty cycle on
     * @param source what to run beside the queue
     */
    public IrqWorker(final String roleName, final IrqWorkQueue queue, final DeadlineSource source) {
        this.roleName = Objects.requireNonNull(roleName, "roleName");
        this.queue = Objects.requireNonNull(queue, "queue");
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * One duty cycle: runs the queue once, then what is due, between {@link DeadlineSource#onEnter()} and
     * {@link DeadlineSource#onExit()}.
     *
     * <p><b>Context:</b> the owner's thread. What the source throws is passed on; what items throw is not.
     *
     * @return the true work count: items run plus due things run, 0 only if there was nothing to do
     */
    @Override
    public int doWork() {
        source.onEnter();
        try {
            final int ran = queue.run();
            return ran + source.runDue();
        } finally {
            source.onExit();
        }
    }

    /**
     * Closes the queue and runs what it accepted before, between {@link DeadlineSource#onEnter()} and
     * {@link DeadlineSource#onExit()}. What is due is not run.
     *
     * <p><b>Context:</b> the owner's thread, after its last duty cycle. Doing it again does nothing more.
     */
    @Override
    public void onClose() {
        source.onEnter();
        try {
            queue.close();
        } finally {
            source.onExit();
        }
    }

    /**
     * The agent's name.
     *
     * @return the name given to the constructor
     */
    @Override
    public String roleName() {
        return roleName;
    }

    /**
     * When the source has something due next. Waiting items are not counted in: they raise.
     *
     * <p><b>Context:</b> the owner's thread.
     *
     * @return nanoseconds of the source's clock; {@link Long#MAX_VALUE}: nothing to come
     */
    public long nextDeadlineNs() {
        return source.nextDeadlineNs();
    }

    private static final class NoDeadlines implements DeadlineSource {
        @Override
        public int runDue() {
            return 0;
        }

        @Override
        public long nextDeadlineNs() {
            return Long.MAX_VALUE;
        }
    }
}
