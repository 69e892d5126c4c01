// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Options of an exploration; immutable. Start from {@link #defaults()}.
 *
 * @param depth how many operations are nested in one run, 1 to 64, though more than 3 only for a stall (there it
 *     is how many operations others run)
 * @param stacked whether each nested operation interrupts the one before it, instead of all interrupting the first
 * @param stepBound points that one call may pass before it counts as stuck
 * @param maxFailures failures after which an exploration ends
 * @param forbidden what nested code must not do
 * @param exempt site names that the policy does not apply to
 * @param timeLimit after which an exploration is given up: the limit for code without points
 * @param at says of a site name whether to interrupt there; null: everywhere
 */
public record Options(int depth, boolean stacked, long stepBound, int maxFailures, Set<PointKind> forbidden,
                      Predicate<String> exempt, Duration timeLimit, Predicate<String> at) {

    private static final int MAX_DEPTH = 64;
    private static final long STEP_BOUND = 10_000;
    private static final int MAX_FAILURES = 5;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    /**
     * Checks the ranges and copies the set.
     *
     * @param depth see above
     * @param stacked see above
     * @param stepBound see above
     * @param maxFailures see above
     * @param forbidden see above
     * @param exempt see above
     * @param timeLimit see above
     * @param at see above
     */
    public Options {
        if (depth < 1 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("depth must be 1 to " + MAX_DEPTH + ": " + depth);
        }
        if (stepBound < 1 || maxFailures < 1) {
            throw new IllegalArgumentException("bounds must be positive");
        }
        forbidden = Set.copyOf(forbidden);
        Objects.requireNonNull(exempt);
        Objects.requireNonNull(timeLimit);
    }

    /**
     * One nested operation, 10 000 steps, 5 failures, blocking forbidden, allocation allowed.
     *
     * @return the defaults
     */
    public static Options defaults() {
        return new Options(1, false, STEP_BOUND, MAX_FAILURES, EnumSet.of(PointKind.BLOCKING), site -> false,
            TIME_LIMIT, null);
    }

    /**
     * Sets the number of nested operations. With 2, an operation is interrupted at every pair of its points; equal
     * points mean two interrupts in a row.
     *
     * @param operations 1 to 64, though more than 3 only for a stall
     * @return a copy
     */
    public Options withDepth(final int operations) {
        return new Options(operations, stacked, stepBound, maxFailures, forbidden, exempt, timeLimit, at);
    }

    /**
     * Lets the second nested operation interrupt the first one at every point of it, for every point of the
     * interrupted operation: an interrupt inside an interrupt.
     *
     * @return a copy
     */
    public Options withStacking() {
        return new Options(depth, true, stepBound, maxFailures, forbidden, exempt, timeLimit, at);
    }

    /**
     * Sets the number of points that one call may pass.
     *
     * @param points the bound
     * @return a copy
     */
    public Options withStepBound(final long points) {
        return new Options(depth, stacked, points, maxFailures, forbidden, exempt, timeLimit, at);
    }

    /**
     * Sets the number of failures after which the exploration ends.
     *
     * @param failures the number
     * @return a copy
     */
    public Options withMaxFailures(final int failures) {
        return new Options(depth, stacked, stepBound, failures, forbidden, exempt, timeLimit, at);
    }

    /**
     * Makes it a failure if nested code does this.
     *
     * @param kind what is forbidden
     * @return a copy
     */
    public Options forbidding(final PointKind kind) {
        final Set<PointKind> all = EnumSet.of(kind);
        all.addAll(forbidden);
        return new Options(depth, stacked, stepBound, maxFailures, all, exempt, timeLimit, at);
    }

    /**
     * Lets nested code do this.
     *
     * @param kind what is allowed
     * @return a copy
     */
    public Options allowing(final PointKind kind) {
        final Set<PointKind> rest = EnumSet.noneOf(PointKind.class);
        rest.addAll(forbidden);
        rest.remove(kind);
        return new Options(depth, stacked, stepBound, maxFailures, rest, exempt, timeLimit, at);
    }

    /**
     * Exempts places from the policy, by the names that a {@link Report} shows.
     *
     * @param sites says of a site name whether it is exempt
     * @return a copy
     */
    public Options exempting(final Predicate<String> sites) {
        return new Options(depth, stacked, stepBound, maxFailures, forbidden, exempt.or(sites), timeLimit, at);
    }

    /**
     * Sets the time after which an exploration is given up and counts as failed.
     *
     * @param limit the time
     * @return a copy
     */
    public Options withTimeLimit(final Duration limit) {
        return new Options(depth, stacked, stepBound, maxFailures, forbidden, exempt, limit, at);
    }

    /**
     * Interrupts only at some places. For great depths: between two accesses of shared memory one place is as good as
     * any other.
     *
     * @param sites says of a site name whether to interrupt there
     * @return a copy
     */
    public Options interruptingAt(final Predicate<String> sites) {
        return new Options(depth, stacked, stepBound, maxFailures, forbidden, exempt, timeLimit, sites);
    }

    boolean forbids(final PointKind kind) {
        return forbidden.contains(kind);
    }
}
