// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import io.latchwork.bench.stress.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in the directory of mutants that is packed with this module. */
final class MutantFiles {
    private static final String DIRECTORY = "mutants";
    private static final String ENDING = ".patch";
    private static final String WITHOUT_MUTANT = DIRECTORY + "/without-mutant.txt";
    private static final Comparator<Mutant> ORDER = Comparator.comparingInt((Mutant mutant) -> Mutant.MODULES.indexOf(mutant.module()))
        .thenComparing(Mutant::name);

    private MutantFiles() {
    }

    /**
     * Reads all mutants.
     *
     * @return by module, then by name
     * @throws MutantException if one is badly written
     */
    static List<Mutant> all(final Bundle bundle) throws IOException, MutantException {
        final List<Mutant> mutants = new ArrayList<>();
        for (final String file : bundle.files(DIRECTORY)) {
            if (file.endsWith(ENDING)) {
                mutants.add(read(bundle, file));
            }
        }
        mutants.sort(ORDER);
        return mutants;
    }

    private static Mutant read(final Bundle bundle, final String file) throws IOException, MutantException {
        try {
            return Mutant.parse(file, Files.readAllLines(bundle.file(DIRECTORY + '/' + file)));
        } catch (final MutantException e) {
            throw new MutantException(file + ": " + e.getMessage());
        }
    }

    /**
     * Reads the races that no mutant of this library can show.
     *
     * @return the reason of each
     * @throws MutantException if a line is not of the form {@code Z10: reason}, or a race is there twice
     */
    static Map<String, String> withoutMutant(final Bundle bundle) throws IOException, MutantException {
        final Map<String, String> reasons = new TreeMap<>();
        for (final String line : Files.readAllLines(bundle.file(WITHOUT_MUTANT))) {
            if (!line.matches("Z\\d+: \\S.*")) {
                throw new MutantException("without-mutant.txt: not of the form \"Z10: reason\": " + line);
            }
            final int colon = line.indexOf(':');
            if (reasons.put(line.substring(0, colon), line.substring(colon + 2)) != null) {
                throw new MutantException("without-mutant.txt: twice: " + line.substring(0, colon));
            }
        }
        return reasons;
    }
}
