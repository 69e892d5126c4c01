// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.AsyncRuntimeBuilder;
import io.latchwork.async.Audit;
import io.latchwork.async.CloseHandler;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One runtime's life: made, called from all sides while faults are injected, left to come to rest or closed in the middle of
 * it, closed, and judged by what was logged.
 */
final class Round {
    private static final long CHECK_NS = 2_000_000;
    private static final long KILL_EVERY_NS = 15_000_000;
    private static final long REFUSED_FOR_NS = 10_000_000;
    private static final int CAP = 24;

    private final RoundPlan plan;
    private final TortureOptions options;
    private final Faults faults;
    private final EventLog log;
    private final RoundClock clock;
    private final Interrupts interrupts;
    private final Callbacks callbacks;
    private final RefusingExecutor executor;
    private final World world;
    private final AsyncRuntime rt;
    private final Api api;
    private final Queue<Violation> problems = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private Drivers drivers;
    private volatile boolean stopped;
    private volatile boolean closing;
    private int judged;
    private int undecided;

    Round(RoundPlan plan, TortureOptions options, Faults faults, LogMemory memory, Api api) {
        this.plan = plan;
        this.options = options;
        this.faults = faults;
        this.api = api;
        this.log = new EventLog(memory, plan.seed());
        this.clock = new RoundClock(plan.clock());
        this.interrupts = new Interrupts(log, faults);
        this.callbacks = new Callbacks(log, clock, faults, plan.seed(), this::problem);
        this.executor = plan.executor() ? new RefusingExecutor(faults, plan.seed()) : null;
        this.rt = make();
        this.world = new World(rt, plan, new Caller(api, clock, callbacks, log), interrupts, plan.scarce());
    }

    private AsyncRuntime make() {
        AsyncRuntimeBuilder builder = AsyncRuntime.builder().clock(new InterruptedClock(clock.clock(), interrupts))
            .bases(plan.bases()).kworkers(plan.kworkers()).idleMode(plan.idle()).errorHandler(this::thrown)
            .closeTimeoutNs(options.hangNs()).closeHandler(new CloseHandler() {
                @Override
                public boolean onTimeout(long waitedNs) {
                    problem(Violation.of(Invariant.I6,
                        "closing took longer than " + waitedNs / 1_000_000 + " ms: " + rt.audit()));
                    return false;
                }
            });
        if (plan.scarce()) {
            builder.maxTimers(CAP);
        }
        if (executor != null) {
            builder.executor(executor);
        }
        return plan.driven() ? builder.build() : builder.launch();
    }

    private void thrown(String program, String map, Throwable error) {
        boolean refused = isTooLate(error); // a callback that made something
        if (!(error instanceof Callbacks.OnPurpose) && !(error instanceof RejectedExecutionException) && !refused) {
            StackTraceElement[] at = error.getStackTrace();
            problem(Violation.of(Invariant.CONTRACT, "reported by '" + program + "' in '" + map + "': " + error
                + (at.length == 0 ? "" : " at " + at[0])));
        }
    }

    private void problem(Violation violation) {
        problems.add(violation);
    }

    EventLog log() {
        return log;
    }

    int judged() {
        return judged;
    }

    int undecided() {
        return undecided;
    }

    /** What is wrong so far. */
    List<Violation> problems() {
        return List.copyOf(problems);
    }

    // ------------------------------------------------------------------------------------------------ the course of it

    /** Runs the round and judges it. */
    void run() {
        log.mine().immune = true;
        Actions actions = new Actions(world);
        world.actions(actions);
        interrupts.arm(rt, mine -> actions.interrupt(mine.random));
        callbacks.act(actions);
        Stepper stepper = plan.clock() == ClockMode.SYSTEM ? null : new Stepper(clock, plan.clock(), log, faults, plan.seed());
        GcPressure gc = faults.has(Fault.GC) ? new GcPressure(faults) : null;
        List<Thread> helpers = new ArrayList<>();
        if (stepper != null) {
            helpers.add(Threads.start("stepper", false, stepper));
        }
        if (gc != null) {
            helpers.add(Threads.start("gc", false, gc));
        }
        drivers = plan.driven() ? new Drivers(rt.agents(), log, this::problem) : null;
        startClients(actions);
        disturb(plan.closedEarly() ? options.roundNs() / 2 : options.roundNs());
        if (plan.closedEarly()) {
            closeNow();
            LockSupport.parkNanos(REFUSED_FOR_NS);
        }
        stopped = true;
        Threads.join(clients);
        interrupts.disarm();
        callbacks.act(null);
        if (!plan.closedEarly()) {
            comeToRest(stepper);
            closeNow();
        }
        if (gc != null) {
            gc.stop();
        }
        if (stepper != null) {
            stepper.stop();
        }
        Threads.join(helpers);
        if (executor != null) {
            executor.shutdown();
        }
        judge();
    }

    private void startClients(Actions actions) {
        for (int i = 0; i < options.threads(); i++) {
            long seed = plan.seed() + 31L * i;
            clients.add(Threads.start("client-" + i, i % 2 == 1, new Client(seed, actions, this)));
        }
    }

    /** Whether a client is to end. */
    boolean isOver() {
        return stopped || log.mine().isNearlyFull();
    }

    /** Who makes something in a runtime that is closed is told so; nobody is told anything else of its end. */
    private boolean isTooLate(Throwable thrown) {
        return closing && thrown instanceof IllegalStateException && "the runtime is closed".equals(thrown.getMessage());
    }

    /** What a client caught. */
    void caught(Throwable thrown) {
        if (isTooLate(thrown)) {
            faults.count(Fault.REFUSE);
            return;
        }
        StackTraceElement[] at = thrown.getStackTrace();
        problem(Violation.of(Invariant.CONTRACT, "a call threw " + thrown + (at.length == 0 ? "" : " at " + at[0])));
    }

    /** Lets everybody work for a while, as long as there is room in the logs, and kills drivers. */
    private void disturb(long ns) {
        long begin = System.nanoTime();
        SplittableRandom random = new SplittableRandom(plan.seed());
        long lastKill = begin;
        while (System.nanoTime() - begin < ns && !log.isNearlyFull() && problems.isEmpty()) {
            LockSupport.parkNanos(CHECK_NS);
            if (drivers != null && faults.has(Fault.KILL) && System.nanoTime() - lastKill > KILL_EVERY_NS) {
                drivers.killOne(random);
                faults.count(Fault.KILL);
                lastKill = System.nanoTime();
            }
        }
    }

    /** Nobody starts anything from now on: waits until what was armed has fired and what was pending has run. */
    private void comeToRest(Stepper stepper) {
        for (ThreadLog each : log.logs()) { // what began before the callbacks were told to be quiet
            if (!await(() -> each == log.mine() || each.isIdle())) {
                problem(Violation.of(Invariant.I6, each.name() + " does not come out of a callback or an interrupt"));
            }
        }
        if (stepper != null) {
            stepper.leap();
        }
        boolean rests = await(() -> {
            Audit audit = rt.audit();
            return audit.armedTimers() == 0 && audit.pendingWorks() == 0;
        });
        if (!rests) {
            problem(Violation.of(Invariant.I7, "what is armed does not fire: " + rt.audit() + world.armed()));
        }
    }

    private boolean await(BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > options.hangNs()) {
                return false;
            }
            LockSupport.parkNanos(100_000);
        }
        return true;
    }

    private void closeNow() {
        if (drivers != null) {
            drivers.stop(); // closing runs the agents itself
        }
        closing = true;
        world.caller().close(rt);
        if (plan.closedEarly()) {
            faults.count(Fault.CLOSE);
        }
        Audit audit = api.audit(rt);
        if (!audit.isClean()) {
            problem(Violation.of(Invariant.I5, audit.toString()));
        }
    }

    private void judge() {
        if (plan.scarce()) {
            countRefusals();
        }
        if (log.hasOverflowed()) {
            return;
        }
        Replay replay = new Replay(world.places(), clock.history());
        problems.addAll(replay.judge(log.events(), !plan.closedEarly()));
        judged = replay.judged();
        undecided = replay.undecided();
    }

    private void countRefusals() {
        for (ThreadLog each : log.logs()) {
            for (Call call : Call.values()) {
                for (long i = each.count(call, Status.ENOMEM) + each.count(call, Status.E2BIG); i > 0; i--) {
                    faults.count(Fault.EXHAUST);
                }
            }
        }
    }

    /** The calls that have not returned for too long. */
    List<Violation> stuck() {
        List<Violation> stuck = new ArrayList<>();
        for (ThreadLog each : log.logs()) {
            Call call = each.stuckIn(2 * options.hangNs());
            if (call != null) {
                stuck.add(Violation.of(Invariant.I6, each.name() + " is in " + call + " for more than "
                    + TimeUnit.NANOSECONDS.toMillis(2 * options.hangNs()) + " ms"));
            }
        }
        return stuck;
    }
}
