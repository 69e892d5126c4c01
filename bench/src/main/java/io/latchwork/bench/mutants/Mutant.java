// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The library with one bug, as it is written down; see the package description for the form.
 *
 * @param module what the bug is in, also the directory of the file
 * @param name the name of the file with its directory, without its ending
 * @param what what is wrong, and what follows
 * @param races numbers of races and invariants; empty if there are none
 * @param protocol the protocol that is broken
 * @param checkers what must catch it: one of these, tried in this order
 * @param diff the lines of the diff
 */
record Mutant(String module, String name, String what, List<String> races, String protocol, List<Checker> checkers,
              List<String> diff) {
    static final List<String> MODULES = List.of("seqlatch", "rcu", "irqwork", "timer", "map", "work", "runtime");

    private static final String MUTANT = "Mutant";
    private static final String RACES = "Races";
    private static final String PROTOCOL = "Protocol";
    private static final String CAUGHT_BY = "Caught-by";
    private static final List<String> FIELDS = List.of(MUTANT, RACES, PROTOCOL, CAUGHT_BY);
    private static final Pattern FILE = Pattern.compile("([a-z]+)/([A-Z][A-Za-z0-9]+)\\.patch");
    private static final Pattern FIELD = Pattern.compile("([A-Z][a-z-]+):\\s*(\\S.*)");
    private static final Pattern RACE = Pattern.compile("Z([1-9]|[1-5]\\d|6[0-2])|I[1-7]");

    /**
     * Reads a mutant.
     *
     * @param file its name from the directory of all mutants, with a slash
     * @param lines what is in it
     * @throws MutantException if it is not of the form that is wanted; says why
     */
    static Mutant parse(final String file, final List<String> lines) throws MutantException {
        final Matcher named = FILE.matcher(file);
        if (!named.matches() || !MODULES.contains(named.group(1))) {
            throw new MutantException("not a name of the form MODULE/CamelCase.patch with a module of " + MODULES);
        }
        int at = 0;
        final Map<String, List<String>> header = new HashMap<>();
        while (at < lines.size() && !beginsDiff(lines.get(at))) {
            if (!lines.get(at).isBlank()) {
                final Matcher field = FIELD.matcher(lines.get(at));
                if (!field.matches() || !FIELDS.contains(field.group(1))) {
                    throw new MutantException("not a line of the header, which has " + FIELDS + ": " + lines.get(at));
                }
                header.computeIfAbsent(field.group(1), key -> new ArrayList<>()).add(field.group(2).strip());
            }
            at++;
        }
        if (at == lines.size()) {
            throw new MutantException("no diff follows the header");
        }
        final List<Checker> checkers = new ArrayList<>();
        for (final String text : header.getOrDefault(CAUGHT_BY, List.of())) {
            checkers.add(Checker.parse(text));
        }
        if (checkers.isEmpty()) {
            throw new MutantException("the header has no " + CAUGHT_BY);
        }
        return new Mutant(named.group(1), named.group(1) + '/' + named.group(2), one(header, MUTANT), races(one(header, RACES)),
            one(header, PROTOCOL), List.copyOf(checkers), List.copyOf(lines.subList(at, lines.size())));
    }

    private static boolean beginsDiff(final String line) {
        return line.startsWith("--- ") || line.startsWith("diff --git ");
    }

    private static String one(final Map<String, List<String>> header, final String field) throws MutantException {
        final List<String> values = header.getOrDefault(field, List.of());
        if (values.size() != 1) {
            throw new MutantException("the header has " + values.size() + " lines of " + field + ", not one");
        }
        return values.get(0);
    }

    private static List<String> races(final String text) throws MutantException {
        if (text.equals("-")) {
            return List.of();
        }
        final List<String> races = Arrays.stream(text.split(",")).map(String::strip).toList();
        for (final String race : races) {
            if (!RACE.matcher(race).matches()) {
                throw new MutantException("neither a race Z1 to Z62 nor an invariant I1 to I7: " + race);
            }
        }
        return races;
    }
}
