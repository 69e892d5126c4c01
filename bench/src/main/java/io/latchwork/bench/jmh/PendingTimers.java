// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.bench.locked.BaseLockKind;
import io.latchwork.bench.locked.LockedRuntime;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A runtime with many timers armed one to two hours ahead, at random. It ends with its JVM: to take down a million timers takes
 * longer than to measure.
 */
@State(Scope.Benchmark)
public class PendingTimers {
    private static final int SPARE = 1024;
    private static final long SEED = 42;

    /** The runtime. */
    @Param({"lockfree", "locked-spin", "locked-reentrant"})
    public String variant;

    /** How many other timers are armed. */
    @Param({"0", "1000", "100000", "1000000"})
    public int pending;

    private final AtomicInteger owners = new AtomicInteger();
    private AsyncRuntime runtime;
    private BpfProg prog;
    private BpfHashMap<Integer, Object> map;

    /** A state for JMH to set up. */
    public PendingTimers() {
        // fields are set by JMH
    }

    /** Arms the other timers. */
    @Setup(Level.Trial)
    public void arm() {
        runtime = launch();
        prog = runtime.loadProgram("bench", () -> { });
        map = runtime.hashMap("timers", pending + SPARE);
        final Random random = new Random(SEED);
        for (int i = 0; i < pending; i++) {
            timer(i).start(Delays.random(random), 0).orThrow();
        }
        final AtomicBoolean fired = new AtomicBoolean();
        final BpfTimer<Integer, Object> last = ownTimer();
        last.setCallback(prog, (from, number, value) -> fired.set(true)).orThrow();
        last.start(Settling.SOON_NS, 0).orThrow();
        Settling.await(fired, () -> { }, pending);
    }

    private AsyncRuntime launch() {
        return switch (variant) {
            case "lockfree" -> AsyncRuntime.builder().launch();
            case "locked-spin" -> LockedRuntime.builder().baseLock(BaseLockKind.SPIN).launch();
            case "locked-reentrant" -> LockedRuntime.builder().baseLock(BaseLockKind.REENTRANT).launch();
            default -> throw new IllegalArgumentException("variant: " + variant);
        };
    }

    /** A timer of the caller's own, in an element that nobody else uses. */
    BpfTimer<Integer, Object> ownTimer() {
        return timer(-1 - owners.getAndIncrement());
    }

    private BpfTimer<Integer, Object> timer(final int key) {
        map.update(key, this).orThrow();
        final MapElement<Integer, Object> element = map.lookup(key);
        final BpfTimer<Integer, Object> timer = element.timer();
        timer.init(map, ClockId.MONOTONIC).orThrow();
        timer.setCallback(prog, (from, number, value) -> { }).orThrow();
        return timer;
    }

    /** The time on the runtime's clock. */
    long now() {
        return runtime.clock().nanoTime();
    }
}
