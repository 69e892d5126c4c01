// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that may catch a mutant.
 *
 * @param kind what runs it
 * @param target test class or {@code class#method}, canonical name of a claim, or options
 */
record Checker(Kind kind, String target) {
    private static final String READERS = "io.latchwork.async.architecture.";
    private static final String NMI = "io.latchwork.nmi.";
    private static final String NAME = "io\\.latchwork(?:\\.[a-z0-9]+)*\\.[A-Z][\\w$]*";

    /** What runs a checker. */
    enum Kind {
        /** A test class, one that is nested in it after a slash, one test of it after a number sign. */
        JUNIT(NAME + "(?:/[A-Z]\\w*)?(?:#[a-z]\\w*)?"),
        /** A claim of jcstress-tests. */
        JCSTRESS(NAME + "\\.[A-Z]\\w*"),
        /** The torture of read-copy-update, with options for it. */
        RCUTORTURE(".*"),
        /** The soak of the whole library, with options for it. */
        TORTURE(".*");

        private final Pattern target;

        Kind(final String target) {
            this.target = Pattern.compile(target);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads what follows {@code Caught-by:}. */
    static Checker parse(final String text) throws MutantException {
        final String[] words = text.strip().split("\\s+", 2);
        final Optional<Kind> kind = Arrays.stream(Kind.values()).filter(one -> one.toString().equals(words[0])).findFirst();
        if (kind.isEmpty()) {
            throw new MutantException("no such checker: " + text + "; there are " + List.of(Kind.values()));
        }
        final String target = words.length == 1 ? "" : words[1];
        if (!kind.get().target.matcher(target).matches()) {
            throw new MutantException("not a target of " + kind.get() + ": " + target);
        }
        return new Checker(kind.get(), target);
    }

    /** Whether the model checker runs it, which wants flags of its own. */
    boolean isLincheck() {
        return kind == Kind.JUNIT && testClass().endsWith("LincheckTest");
    }

    /** Whether it reads the repository, which it finds around its working directory, rather than run the library. */
    boolean readsSources() {
        return kind == Kind.JUNIT && target.startsWith(READERS);
    }

    /** Whether a JVM can run it on one mutant after another. The model checker knows classes by name, and would mix them up. */
    boolean sharesJvm() {
        return kind == Kind.JUNIT && !isLincheck() && !readsSources();
    }

    private String testClass() {
        return target.split("[/#]")[0];
    }

    /** Its name without package, for tables. */
    String shortName() {
        if (kind != Kind.JUNIT && kind != Kind.JCSTRESS) {
            return toString();
        }
        final String name = target.replaceFirst("^([a-z0-9]+\\.)+", "").replaceAll("[#/$]", ".");
        return kind == Kind.JCSTRESS ? kind + " " + name : target.startsWith(NMI) ? "nmi " + name : name;
    }

    @Override
    public String toString() {
        return (kind + " " + target).stripTrailing();
    }
}
