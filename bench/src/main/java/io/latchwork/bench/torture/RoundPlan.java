// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.IdleMode;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What kind of round it is. The first dozen have every kind of runtime, clock and end; the rest is drawn.
 *
 * @param number of the round, from 0
 * @param seed of everything that is drawn in it
 * @param driven whether the agents are run by threads that may be killed, and not by the runtime's own
 * @param bases how many
 * @param kworkers how many
 * @param executor whether works run on an executor
 * @param idle how the bases wait
 * @param clock who moves the clock
 * @param scarce whether maps and quotas are small
 * @param closedEarly whether the runtime is closed while everybody is at work
 */
record RoundPlan(int number, long seed, boolean driven, int bases, int kworkers, boolean executor, IdleMode idle,
        ClockMode clock, boolean scarce, boolean closedEarly) {
    static RoundPlan of(int number, long seed, Set<Fault> faults) {
        long own = new SplittableRandom(seed + number).nextLong();
        SplittableRandom random = new SplittableRandom(own);
        int bases = 1 + random.nextInt(3);
        IdleMode idle = random.nextBoolean() ? IdleMode.HYBRID : bases == 1 ? IdleMode.BUSY_SPIN : IdleMode.PARK;
        return new RoundPlan(number, own, number % 3 == 1, bases, 1 + random.nextInt(3), number % 4 == 2, idle,
            ClockMode.values()[(number + number / 3) % 3], faults.contains(Fault.EXHAUST) && number % 2 == 0,
            faults.contains(Fault.CLOSE) && number % 4 >= 2);
    }

    @Override
    public String toString() {
        return "round " + number + ": " + (driven ? "driven" : "launched, " + idle) + ", bases " + bases
            + ", kworkers " + kworkers + (executor ? " and executor" : "") + ", clock " + clock + (scarce ? ", scarce" : "")
            + (closedEarly ? ", closed early" : "");
    }
}
