// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;

/** The threads that run the agents of a runtime that was only built: one each, which may be killed and replaced. */
final class Drivers {
    private static final long PAUSE_NS = 20_000;

    private final EventLog log;
    private final Consumer<Violation> problems;
    private final List<Driver> drivers = new ArrayList<>();
    private int started;

    Drivers(List<Agent> agents, EventLog log, Consumer<Violation> problems) {
        this.log = log;
        this.problems = problems;
        for (Agent agent : agents) {
            drivers.add(start(agent));
        }
    }

    private Driver start(Agent agent) {
        Driver driver = new Driver(agent);
        driver.thread = new Thread(driver, "driver-" + started++ + " of " + agent.roleName());
        driver.thread.setDaemon(true);
        driver.thread.start();
        return driver;
    }

    /** Interrupts one and stops it, wherever it is; when it has ended another one takes over. */
    void killOne(SplittableRandom random) {
        int which = random.nextInt(drivers.size());
        Driver victim = drivers.get(which);
        victim.stopped = true;
        victim.thread.interrupt();
        Threads.join(victim.thread);
        drivers.set(which, start(victim.agent));
    }

    /** Stops all of them. */
    void stop() {
        drivers.forEach(driver -> driver.stopped = true);
        drivers.forEach(driver -> Threads.join(driver.thread));
    }

    private final class Driver implements Runnable {
        private final Agent agent;
        private Thread thread;
        private volatile boolean stopped;

        Driver(Agent agent) {
            this.agent = agent;
        }

        @Override
        public void run() {
            ThreadLog mine = log.mine();
            try {
                while (!stopped) {
                    mine.seenElsewhere();
                    if (agent.doWork() == 0) {
                        LockSupport.parkNanos(PAUSE_NS);
                    }
                }
            } catch (Throwable thrown) {
                problems.accept(Violation.of(Invariant.CONTRACT, agent.roleName() + " threw " + thrown));
            }
        }
    }
}
