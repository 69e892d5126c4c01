// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The mutants as a Markdown table. */
final class MutantTable {
    private static final String HEAD = "| mutant | what is wrong | protocol | races | caught by | seconds |";
    private static final String RULE = "|---|---|---|---|---|---|";
    private static final String NO_RACE = "none";

    private MutantTable() {
    }

    /** The lines of the table. */
    static List<String> of(final List<Verdict> verdicts) {
        final List<String> lines = new ArrayList<>(List.of(HEAD, RULE));
        for (final Verdict verdict : verdicts) {
            lines.add(columns(verdict.mutant()) + caughtBy(verdict));
        }
        return lines;
    }

    /** The beginning of a mutant's row: what does not depend on a run. */
    static String columns(final Mutant mutant) {
        return "| `" + mutant.name() + "` | " + cell(mutant.what()) + " | " + cell(mutant.protocol()) + " | "
            + (mutant.races().isEmpty() ? NO_RACE : String.join(", ", mutant.races())) + " | ";
    }

    private static String caughtBy(final Verdict verdict) {
        final String who = verdict.isCaught() ? '`' + verdict.checker().shortName() + '`' : verdict.kind().name();
        return String.format(Locale.ROOT, "%s | %.1f |", who, verdict.seconds());
    }

    private static String cell(final String text) {
        return text.replace("|", "\\|");
    }
}
