// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an exploration found. */
public final class Report {

    private static final int ENOUGH_POINTS = 2;

    private final String what;
    private final List<String> sites = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<List<Object>> allowed = new LinkedHashSet<>();
    private final Set<List<Object>> seen = new LinkedHashSet<>();
    private final BitSet passed = new BitSet();
    private final BitSet passedNested = new BitSet();
    private int points;
    private long nestedPoints;
    private int runs;
    private long nanos;

    Report(final String what) {
        this.what = what;
    }

    /**
     * Points of the interrupted operation when nothing interrupts it. A stall is tried at each of them.
     *
     * @return the number
     */
    public int points() {
        return points;
    }

    /**
     * The most points that nested operations, or those of the other thread, passed in one run.
     *
     * @return the number
     */
    public long nestedPoints() {
        return nestedPoints;
    }

    /**
     * Runs made.
     *
     * @return the number
     */
    public int runs() {
        return runs;
    }

    /**
     * Failures found, each with the points at which it was interrupted, named by class, method, line and instruction.
     *
     * @return the failures
     */
    public List<String> failures() {
        return Collections.unmodifiableList(failures);
    }

    /**
     * Names of the places that the interrupted operation passed, in order.
     *
     * @return the names
     */
    public List<String> sites() {
        return Collections.unmodifiableList(sites);
    }

    /**
     * The methods that the interrupted operation passed when nothing interrupted it.
     *
     * @return binary name of the class, a dot, name and descriptor of the method
     */
    public Set<String> methods() {
        return Sites.methods(passed);
    }

    /**
     * The methods that nested operations passed.
     *
     * @return as {@link #methods()}
     */
    public Set<String> nestedMethods() {
        return Sites.methods(passedNested);
    }

    /**
     * The outcomes of the sequential orders.
     *
     * @return the outcomes
     */
    public Set<List<Object>> allowed() {
        return Collections.unmodifiableSet(allowed);
    }

    /**
     * The outcomes met.
     *
     * @return the outcomes
     */
    public Set<List<Object>> seen() {
        return Collections.unmodifiableSet(seen);
    }

    /**
     * Whether nothing was explored, because one side of the exploration ran no instrumented code.
     *
     * @return true if nothing was explored
     */
    public boolean vacuous() {
        return points < ENOUGH_POINTS || runs == 0 || nestedPoints == 0 && failures.isEmpty();
    }

    /**
     * Whether no failure was found by an exploration that was not vacuous.
     *
     * @return true if so
     */
    public boolean ok() {
        return failures.isEmpty() && !vacuous();
    }

    /**
     * Throws unless {@link #ok()}.
     *
     * @return this report
     * @throws AssertionError with the report as its message
     */
    public Report assertOk() {
        if (!ok()) {
            throw new AssertionError(toString());
        }
        return this;
    }

    /**
     * Throws unless a failure was found whose text has the given reason in it: "is none of" (outcome), "STUCK",
     * "BLOCKING" or "BLOCKED", "ALLOCATION". For mutants, which must fail for the right reason.
     *
     * @param reason part of the text of a failure
     * @return this report
     * @throws AssertionError with the report as its message
     */
    public Report assertCaught(final String reason) {
        if (failures.stream().noneMatch(failure -> failure.contains(reason))) {
            throw new AssertionError("not caught (" + reason + "): " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append(ok() ? "PASS " : vacuous() && failures.isEmpty() ? "VACUOUS " : "FAIL ").append(what)
            .append(": points=").append(points).append(" nestedPoints=").append(nestedPoints)
            .append(" runs=").append(runs).append(" outcomes=").append(seen.size())
            .append(" ms=").append(nanos / 1_000_000);
        for (final String failure : failures) {
            text.append("\n    ").append(failure);
        }
        return text.toString();
    }

    String what() {
        return what;
    }

    void points(final int number) {
        points = number;
    }

    void nestedPointsOfRun(final long number) {
        nestedPoints = Math.max(nestedPoints, number);
    }

    void addRun() {
        runs++;
    }

    void addFailure(final String failure) {
        failures.add(failure);
    }

    void addSite(final int site) {
        sites.add(Sites.name(site));
    }

    void addPassed(final int site, final boolean nested) {
        (nested ? passedNested : passed).set(site);
    }

    void allow(final List<Object> outcome) {
        allowed.add(outcome);
    }

    /**
     * Notes an outcome; answers null if it is a sequential one or accepted by the scenario, or what is wrong with it.
     */
    String judge(final Scenario<?> scenario, final List<Object> outcome) {
        seen.add(outcome);
        return allowed.contains(outcome) || accepted(scenario, outcome) ? null
            : "outcome " + outcome + " is none of " + allowed;
    }

    /**
     * An outcome may hold "threw ..." or "STUCK ..." where the scenario expects something else; then it is not
     * accepted.
     */
    private static boolean accepted(final Scenario<?> scenario, final List<Object> outcome) {
        try {
            return scenario.allow(outcome);
        } catch (final ClassCastException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    void took(final long duration) {
        nanos = duration;
    }
}
