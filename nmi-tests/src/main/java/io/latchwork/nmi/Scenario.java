// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.List;

/**
 * One interrupted operation, the operations that interrupt it, and the state seen afterwards.
 *
 * <p>Results are compared by {@code equals} with the results of running the same operations one after the other on
 * the same implementation, in every order; no model is needed. So answer values (numbers, strings, lists of these), not
 * arrays and not nodes. Arrays are refused.
 *
 * <p><b>Write a scenario as a nested class of a class outside of this package, with a constructor without
 * parameters, and get it from {@link NmiLoader#scenario}.</b> The loader defines the scenario anew, together with all
 * classes nested in its outermost class and with its superclasses, and binds it to the instrumented classes. Trap: a
 * scenario made by {@code new}, or with helpers in other top-level classes, is bound to classes without points, and
 * would pass whatever the code does. {@link Report#ok()} is false then. The code of a scenario has no points itself.
 *
 * @param <S> the state that the operations work on
 */
public interface Scenario<S> {

    /**
     * A new state, for each run.
     *
     * @return the state
     * @throws Throwable ends the exploration
     */
    S fresh() throws Throwable;

    /**
     * The operation that is interrupted, or stalled.
     *
     * @param state what {@link #fresh()} made
     * @return the result, compared by equals
     * @throws Throwable an exception is a result, too: the string "threw ..."
     */
    Object interrupted(S state) throws Throwable;

    /**
     * An operation that interrupts.
     *
     * @param state what {@link #fresh()} made
     * @param index 0 for the first one in a run, 1 for the second
     * @return the result, compared by equals
     * @throws Throwable an exception is a result, too
     */
    Object nested(S state, int index) throws Throwable;

    /**
     * What is left when all operations have ended. May change the state: it is thrown away afterwards.
     *
     * @param state what {@link #fresh()} made
     * @return the result, compared by equals
     * @throws Throwable an exception is a result, too
     */
    Object observe(S state) throws Throwable;

    /**
     * Accepts outcomes beyond the sequential ones, for example a refusal because of "busy".
     *
     * @param outcome the result of the interrupted operation (null: it is still stalled), the results of the nested
     *     ones, and what was observed
     * @return whether the outcome is fine
     */
    default boolean allow(final List<Object> outcome) {
        return false;
    }
}
