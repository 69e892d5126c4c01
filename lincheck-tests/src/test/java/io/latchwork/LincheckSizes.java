// SPDX-License-Identifier: Apache-2.0
package io.latchwork;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How much is checked, and what counts as caught.
 *
 * <pre>
 * property               default  meaning
 * lincheck.scale         1        multiplies the iterations of models and the invocations of scenarios
 * lincheck.iterations    4        random programs tried on a model, before scaling
 * lincheck.invocations   100      interleavings tried of each such program
 * lincheck.scenario      100      interleavings tried of a hand-written scenario, before scaling
 * lincheck.stress        40       times that each of two such programs is run at full speed; the programs scale
 * lincheck.long          false    also what takes minutes to be found
 * </pre>
 *
 * Mutants have sizes of their own, which do not scale: they end when the bug is found.
 */
public final class LincheckSizes {
    /** What the checker says of results that no sequential order explains. */
    public static final String WRONG_RESULTS = "Invalid execution results";
    /** What it says of a thread that waits for ever. */
    public static final String HUNG = "hung";
    /** What it says of an operation that waits for another one, where that is not allowed. */
    public static final String ACTIVE_LOCK = "active lock";

    private static final int SCALE = Integer.getInteger("lincheck.scale", 1);
    private static final int ITERATIONS = Integer.getInteger("lincheck.iterations", 4);
    private static final int INVOCATIONS = Integer.getInteger("lincheck.invocations", 100);
    private static final int SCENARIO = Integer.getInteger("lincheck.scenario", 100);
    private static final int STRESS = Integer.getInteger("lincheck.stress", 40);
    private static final int MUTANT_ITERATIONS = 30;
    private static final int MUTANT_INVOCATIONS = 500;
    private static final int MUTANT_SCENARIO = 10_000;
    private static final int MANY = 6;
    private static final int STRESS_PROGRAMS = 2;
    private static final int MUTANT_STRESS = 10_000;
    private static final String OWN_BUG = "caught a bug in Lincheck";

    private LincheckSizes() {
    }

    /** Two threads of three operations each, one before and one after. */
    private static ModelCheckingOptions options(final Class<?> specification) {
        return shape(specification).iterations(ITERATIONS * SCALE).invocationsPerIteration(INVOCATIONS);
    }

    private static ModelCheckingOptions shape(final Class<?> specification) {
        CheckerAgent.modelChecking();
        return new ModelCheckingOptions().threads(2).actorsPerThread(3).actorsBefore(1).actorsAfter(1)
            .sequentialSpecification(specification);
    }

    /** Checks that a subject is linearizable. */
    public static void linearizable(final Class<?> subject, final Class<?> specification) {
        options(specification).check(subject);
    }

    /** Checks that a subject is linearizable, and that its operations end while all other threads are stopped. */
    public static void lockFree(final Class<?> subject, final Class<?> specification) {
        options(specification).checkObstructionFreedom(true).check(subject);
    }

    /** The same for a subject that makes something {@link #unobserved}. */
    public static void lockFree(final Supplier<?> maker, final Class<?> specification) {
        CheckerAgent.modelChecking();
        final Class<?> subject = maker.get().getClass();
        CheckerAgent.firstObserveAll(maker::get);
        lockFree(subject, specification);
    }

    /** Checks that a subject is linearizable when its threads really run: by chance, but on the memory that there is. */
    public static void stressed(final Class<?> subject, final Class<?> specification) {
        CheckerAgent.fullSpeed();
        stress(specification).iterations(STRESS_PROGRAMS * SCALE).invocationsPerIteration(STRESS).check(subject);
    }

    /** Runs a scenario in many interleavings. What it asserts must hold in all, and none may hang. */
    public static void holds(final Runnable scenario) {
        run(SCENARIO * SCALE, scenario);
    }

    /** The same for a scenario in which only one interleaving of very many is of interest. */
    public static void holdsInMany(final Runnable scenario) {
        run(MANY * SCENARIO * SCALE, scenario);
    }

    /** Only {@link #parallel} is observed: before it and after it there is one thread. */
    private static void run(final int invocations, final Runnable scenario) {
        CheckerAgent.modelChecking();
        CheckerAgent.firstObserveAll(scenario);
        Lincheck.runConcurrentTest(invocations, () -> unobserved(() -> {
            scenario.run();
            return null;
        }));
    }

    /** Makes something that the checker is not to step through. */
    public static <T> T unobserved(final Supplier<T> maker) {
        CheckerAgent.ignore();
        try {
            return maker.get();
        } finally {
            CheckerAgent.observe();
        }
    }

    /** Checks that a model with a bug is caught, by this complaint and no other. */
    public static void modelCaught(final Class<?> mutant, final Class<?> specification, final String complaint) {
        final ModelCheckingOptions options = shape(specification).iterations(MUTANT_ITERATIONS)
            .invocationsPerIteration(MUTANT_INVOCATIONS).minimizeFailedScenario(false);
        caught(complaint, () -> options.check(mutant));
    }

    /** Checks that a model whose operations wait for each other is caught. */
    public static void lockCaught(final Class<?> mutant, final Class<?> specification) {
        final ModelCheckingOptions options = shape(specification).iterations(MUTANT_ITERATIONS)
            .invocationsPerIteration(MUTANT_INVOCATIONS).minimizeFailedScenario(false).checkObstructionFreedom(true);
        caught(ACTIVE_LOCK, () -> options.check(mutant));
    }

    /** Checks that a scenario with a bug is caught, by this complaint and no other. */
    public static void scenarioCaught(final Runnable mutant, final String complaint) {
        caught(complaint, () -> run(MUTANT_SCENARIO, mutant));
    }

    /** Checks that a model with a bug is caught when its threads really run. */
    public static void stressCaught(final Class<?> mutant, final Class<?> specification) {
        CheckerAgent.fullSpeed();
        final StressOptions options = stress(specification).iterations(MUTANT_ITERATIONS)
            .invocationsPerIteration(MUTANT_STRESS).minimizeFailedScenario(false);
        caught(WRONG_RESULTS, () -> options.check(mutant));
    }

    private static StressOptions stress(final Class<?> specification) {
        return new StressOptions().threads(2).actorsPerThread(3).actorsBefore(1).actorsAfter(1)
            .sequentialSpecification(specification);
    }

    private static void caught(final String complaint, final Runnable check) {
        // the checker reports bugs of its own by the same error, so the error alone proves nothing
        final String message = assertThrows(LincheckAssertionError.class, check::run).getMessage();
        assertTrue(message.contains(complaint) && !message.contains(OWN_BUG), message);
    }

    /** Runs each task on a thread of its own, waits for all, and throws here what any of them threw. */
    public static void parallel(final Runnable... tasks) {
        CheckerAgent.observe();
        try {
            runAll(tasks);
        } finally {
            CheckerAgent.ignore();
        }
    }

    private static void runAll(final Runnable... tasks) {
        final Throwable[] thrown = new Throwable[tasks.length];
        final Thread[] threads = new Thread[tasks.length];
        for (int i = 0; i < tasks.length; i++) {
            final int self = i;
            threads[i] = new Thread(() -> {
                try {
                    tasks[self].run();
                } catch (final AssertionError | RuntimeException e) {
                    thrown[self] = e;
                }
            });
            threads[i].start();
        }
        for (final Thread thread : threads) {
            join(thread);
        }
        for (final Throwable each : thrown) { // the checker looks at what this thread throws, and at nothing else
            if (each != null) {
                throw new AssertionError(each);
            }
        }
    }

    private static void join(final Thread thread) {
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
