// SPDX-License-Identifier: Apache-2.0
/**
 * Mutants: the library with one bug each, and the checkers that must find it. A checker that cannot fail proves nothing.
 *
 * <p>A mutant is a file {@code mutants/MODULE/Name.patch}: a header, then a diff of the library's main sources that {@code git apply} takes.
 *
 * <pre>
 * Mutant: a sentence that says what is wrong now, and what follows
 * Races: Z26, I5             races of docs/verification.md, invariants of docs/design.md, or - for neither
 * Protocol: irq_work claim
 * Caught-by: junit io.latchwork.irqwork.IrqWorkQueueTest#pendingItemRunsOnce
 * Caught-by: jcstress io.latchwork.irqwork.IrqWorkStress.ClaimOnce
 * </pre>
 *
 * <p>{@link io.latchwork.bench.mutants.Mutants} applies each to the sources that the jar carries, compiles what it touches, and runs its
 * checkers with the result in front of the class path, until one fails.
 */
package io.latchwork.bench.mutants;
