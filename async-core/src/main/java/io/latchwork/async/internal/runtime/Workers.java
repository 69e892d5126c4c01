// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.IdleMode;
import io.latchwork.irqwork.HybridIdle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;

/** The agents of a runtime and, when it was launched, the threads that run them. */
final class Workers {
    private static final long DRAIN_POLL_NS = 100_000;
    private static final int STOP_RETRY_MS = 100;
    /** Whoever queues a task raises a kworker. It need look by itself only for those that were stopped in between. */
    private static final long KWORKER_TICK_NS = 10 * HybridIdle.DEFAULT_LAZY_TICK_NS;

    private record Worker(Agent agent, Idle idle, AgentRunner runner) {
    }

    private final RuntimeConfig config;
    private final ThreadFactory threads;
    private final ErrorReports errors;
    private final boolean launched;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> started = new ArrayList<>();

    Workers(RuntimeConfig config, ThreadFactory threads, ErrorReports errors, boolean launched) {
        this.config = config;
        this.threads = threads;
        this.errors = errors;
        this.launched = launched;
    }

    boolean isLaunched() {
        return launched;
    }

    Idle newBaseIdle() {
        return launched ? Idle.of(config.idleMode(), config, HybridIdle.DEFAULT_LAZY_TICK_NS) : Idle.none();
    }

    Idle newKworkerIdle() {
        return launched ? Idle.of(IdleMode.PARK, config, KWORKER_TICK_NS) : Idle.none();
    }

    void add(Agent agent, Idle idle) {
        AgentRunner runner = launched
            ? new AgentRunner(idle.strategy(), error -> report(agent, error), null, new OwnThread(agent, idle)) : null;
        workers.add(new Worker(agent, idle, runner));
    }

    void start() {
        for (Worker worker : workers) {
            started.add(AgentRunner.startOnThread(worker.runner, threads));
        }
    }

    void raiseAll() {
        for (Worker worker : workers) {
            worker.idle.raiser().raise();
        }
    }

    /** True on a thread that runs one of the agents, which can not wait for itself. */
    boolean isOwnThread() {
        Thread self = Thread.currentThread();
        for (Worker worker : workers) {
            if (worker.runner != null && worker.runner.thread() == self) {
                return true;
            }
        }
        return false;
    }

    /**
     * Lets the agents work until the condition holds, or the time that close may take is over.
     *
     * @return true if the condition holds
     */
    boolean drain(BooleanSupplier done, CloseBudget budget) {
        boolean interrupted = false;
        while (!done.getAsBoolean()) {
            if (budget.isOver()) {
                return false;
            }
            if (launched) {
                raiseAll();
                LockSupport.parkNanos(this, DRAIN_POLL_NS);
                interrupted |= Thread.interrupted();
            } else {
                runAll();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    void runAll() {
        for (Worker worker : workers) {
            try {
                worker.agent.doWork();
            } catch (Exception error) {
                report(worker.agent, error);
            }
        }
    }

    /**
     * Stops the threads; one that does not stop before the time is over is reported and left behind.
     *
     * @return true if all stopped
     */
    boolean stop(CloseBudget budget) {
        boolean all = true;
        for (Worker worker : workers) {
            if (launched) {
                all &= stop(worker, budget);
            } else {
                worker.agent.onClose();
            }
        }
        return all;
    }

    private boolean stop(Worker worker, CloseBudget budget) {
        worker.idle.end();
        try {
            worker.runner.close(STOP_RETRY_MS, thread -> {
                if (budget.isOver()) {
                    throw new StuckException();
                }
            });
            return true;
        } catch (StuckException stuck) {
            report(worker.agent, stuck);
            return false;
        }
    }

    /** Waits until every thread has ended, those that were left behind too. */
    void join() {
        for (Thread thread : started) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException goOn) {
                    // nobody has a reason to interrupt the closer
                }
            }
        }
    }

    private void report(Agent agent, Throwable error) {
        errors.onError(agent.roleName(), "", error);
    }

    /** An agent on a thread of the runtime's own, which a runner ends when it finds it interrupted: a callback may not. */
    private record OwnThread(Agent agent, Idle idle) implements Agent {
        @Override
        public int doWork() throws Exception {
            if (idle.isEnded()) {
                throw new AgentTerminationException(true); // does the rest in onClose
            }
            try {
                return agent.doWork();
            } finally {
                Thread.interrupted();
            }
        }

        @Override
        public void onStart() {
            agent.onStart();
        }

        @Override
        public void onClose() {
            agent.onClose();
        }

        @Override
        public String roleName() {
            return agent.roleName();
        }
    }

    /** Leaves the runner's endless wait, and is reported. */
    private static final class StuckException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StuckException() {
            super("did not stop in time");
        }
    }
}
