// SPDX-License-Identifier: Apache-2.0
package io.latchwork.jcstress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * All claims and twins in one JVM for a given time: every claim must hold, every broken twin must be caught. Prints lines for
 * people and, beginning with {@code @}, for programs.
 */
public final class JcstressChecker {
    private static final int USAGE = 2;
    private static final int DEFAULT_SECONDS = 60;
    private static final int SHARE_OF_CLAIMS = 6; // tenths of the time; the twins need less, but nobody knows how much
    private static final int SHORTEST_MS = 20;
    private static final int TWIN_MS = 100;
    private static final int TWIN_LIMIT_MS = 30_000;
    private static final int MS_PER_TENTH = 100;

    private int seconds = DEFAULT_SECONDS;
    private long seed = System.nanoTime();
    private Pattern only = Pattern.compile("");
    private int done;
    private int total;
    private int failed;

    private JcstressChecker() {
    }

    /**
     * Runs the checker and ends the JVM: 0 if all is well, 1 if not, 2 for a wrong argument.
     *
     * @param args {@code --seconds N}, {@code --seed S} for the order of the tests, {@code --only REGEX} of their names
     */
    public static void main(final String[] args) {
        final JcstressChecker checker = new JcstressChecker();
        final String complaint = checker.parse(args);
        if (complaint != null) {
            System.err.println(complaint + "; known: --seconds N --seed S --only REGEX");
            System.exit(USAGE);
        }
        System.exit(checker.check() ? 0 : 1);
    }

    private String parse(final String[] args) {
        for (int i = 0; i < args.length; i += 2) {
            final String value = i + 1 < args.length ? args[i + 1] : "";
            try {
                switch (args[i]) {
                    case "--seconds" -> seconds = Integer.parseInt(value);
                    case "--seed" -> seed = Long.parseLong(value);
                    case "--only" -> only = Pattern.compile(value);
                    default -> {
                        return "unknown argument: " + args[i];
                    }
                }
            } catch (final NumberFormatException | PatternSyntaxException e) {
                return "wrong value of " + args[i] + ": " + value;
            }
        }
        return seconds > 0 ? null : "wrong value of --seconds: " + seconds;
    }

    private boolean check() {
        final List<String> claims = selected(StressTest.claims());
        final List<String> twins = selected(StressTest.twins());
        total = claims.size() + twins.size();
        System.out.printf("seed %d; repeat: --seconds %d --seed %d --only '%s'%n", seed, seconds, seed, only);
        if (total == 0) {
            fail("jcstress", "no test has a name that matches " + only);
            return false;
        }
        final int claimMs = Math.max(SHORTEST_MS, seconds * SHARE_OF_CLAIMS * MS_PER_TENTH / Math.max(1, claims.size()));
        claims.forEach(name -> checkClaim(new StressTest(name), claimMs));
        twins.forEach(name -> checkTwin(new StressTest(name)));
        System.out.printf("%d passed, %d failed%n", done - failed, failed);
        return failed == 0;
    }

    private List<String> selected(final Collection<String> names) {
        final List<String> list = new ArrayList<>(names.stream().filter(only.asPredicate()).toList());
        Collections.shuffle(list, new Random(seed));
        return list;
    }

    private void checkClaim(final StressTest test, final int timeMs) {
        final long begin = System.nanoTime();
        final StressTest.Seen seen = test.run(timeMs);
        seen.forbidden().forEach(outcome -> fail(test.name(), outcome));
        seen.errors().forEach(error -> fail(test.name(), error));
        result(test, begin, seen.passed(), seen.samples() + " samples");
    }

    private void checkTwin(final StressTest test) {
        final long begin = System.nanoTime();
        final StressTest.Hunt hunt = test.hunt(TWIN_MS, TWIN_LIMIT_MS);
        if (!hunt.caught()) {
            fail(test.name(), "a broken twin was not caught, so its test proves nothing " + hunt.errors());
        }
        result(test, begin, hunt.caught(), "caught in " + hunt.runs() + " runs, " + hunt.samples() + " samples");
    }

    private static void fail(final String name, final String why) {
        System.out.println("@failure " + name + ": " + why.replaceAll("\\s+", " "));
    }

    private void result(final StressTest test, final long begin, final boolean passed, final String detail) {
        done++;
        failed += passed ? 0 : 1;
        System.out.printf(Locale.ROOT, "@result %s %s %.2f %s%n@progress %d %d %s%n", test.name(), passed ? "passed" : "failed",
            (System.nanoTime() - begin) / 1e9, detail, done, total, test.name());
    }
}
