// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuHead;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Handing an object over to a grace period. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class GracePeriodBench {
    /** Objects that are handed over before their grace period is waited for, which is not measured. */
    static final int HEADS = 10_000;

    private final Rcu rcu = Rcu.builder().build();
    private final Head[] heads = new Head[HEADS];
    private int reclaimed; // by the thread that reclaims

    /** A benchmark for JMH to set up. */
    public GracePeriodBench() {
        // fields are set by JMH
    }

    /** Makes the objects. */
    @Setup(Level.Trial)
    public void make() {
        Arrays.setAll(heads, i -> new Head());
    }

    private final class Head extends RcuHead {
        @Override
        protected void reclaim() {
            reclaimed++;
        }
    }

    /** Stops the domain. */
    @TearDown(Level.Trial)
    public void stop() {
        rcu.close();
    }

    /**
     * Waits until every object is free again.
     *
     * @throws InterruptedException if interrupted
     */
    @TearDown(Level.Invocation)
    public void drain() throws InterruptedException {
        rcu.barrier();
    }

    /** How many objects were reclaimed; right after {@link #drain()}. */
    int reclaimed() {
        return reclaimed;
    }

    /** Hand an object over. */
    @Benchmark
    @OperationsPerInvocation(HEADS)
    public void callRcu() {
        for (final Head head : heads) {
            rcu.callRcu(head);
        }
    }
}
