// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.CheckerLines;
import io.latchwork.jcstress.StressTest;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Runs claims of jcstress-tests, for longer and longer, until one is seen broken: the main class of a mutant's JVM. A mutant is
 * seen by chance, so a round that sees nothing is followed by longer ones.
 */
public final class JcstressClaims {
    private static final int FIRST_MS = 100;

    private JcstressClaims() {
    }

    /**
     * Runs the claims and exits: 0 if nothing was seen, 1 if a claim does not hold or could not be run.
     *
     * @param args how many rounds, each twice as long as the one before; then canonical names of claims
     */
    public static void main(final String[] args) {
        final PrintStream out = System.out;
        final int rounds = Integer.parseInt(args[0]);
        final Set<String> claims = new LinkedHashSet<>(Arrays.asList(args).subList(1, args.length));
        if (claims.isEmpty() || !StressTest.claims().containsAll(claims)) {
            out.println("not all of these are claims: " + claims);
            System.exit(2);
        }
        for (int round = 0; round < rounds; round++) {
            for (final String claim : claims) {
                final StressTest.Seen seen = new StressTest(claim).run(FIRST_MS << round);
                if (!seen.passed()) {
                    CheckerLines.failure(out, claim + ": " + (seen.caught() ? seen.forbidden().get(0) : "it said nothing"));
                    out.println(seen.errors());
                    System.exit(seen.caught() ? 1 : 2);
                }
            }
        }
        System.exit(0);
    }
}
