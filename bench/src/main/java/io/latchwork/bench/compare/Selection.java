// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The variants asked for by name. The name {@code locked} stands for both locked variants: both are verified and
 * measured in full, and the faster one is reported.
 */
final class Selection {
    /** What is compared unless told otherwise. */
    static final String DEFAULT = "lockfree,locked,jdk,netty";
    private static final String LOCKED = "locked";

    private final List<String> names;

    private Selection(List<String> names) {
        this.names = names;
    }

    /**
     * Parses a comma-separated list.
     *
     * @throws IllegalArgumentException if a name is unknown or there is none
     */
    static Selection parse(String list) {
        List<String> names = Stream.of(list.split(",", -1)).map(String::strip).distinct().toList();
        for (String name : names) {
            if (!name.equals(LOCKED) && Stream.of(Variant.values()).noneMatch(v -> v.label().equals(name))) {
                throw new IllegalArgumentException("unknown variant '" + name + "', not one of " + LOCKED + ", "
                    + Stream.of(Variant.values()).map(Variant::label).collect(Collectors.joining(", ")));
            }
        }
        return new Selection(names);
    }

    /** What has to be verified and measured. */
    Set<Variant> variants() {
        Set<Variant> variants = EnumSet.noneOf(Variant.class);
        for (Variant variant : Variant.values()) {
            if (names.contains(variant.label()) || variant.isLocked() && names.contains(LOCKED)) {
                variants.add(variant);
            }
        }
        return variants;
    }

    /** The lines of the report in the order asked for. */
    List<Result> results(Map<Variant, Tally> tallies, Map<Variant, Long> differences, int threads) {
        Variant best = tallies.keySet().stream().filter(Variant::isLocked)
            .max(Comparator.comparingDouble(v -> tallies.get(v).opsPerSecond(threads))).orElse(null);
        List<Result> results = new ArrayList<>();
        for (String name : names) {
            boolean both = name.equals(LOCKED);
            Variant variant = both ? best
                : Stream.of(Variant.values()).filter(v -> v.label().equals(name)).findFirst().orElseThrow();
            Tally tally = tallies.get(variant);
            Double ratio = best == null ? null
                : (Double) (tally.opsPerSecond(threads) / tallies.get(best).opsPerSecond(threads));
            Long differ = both ? total(differences) : differences.get(variant);
            results.add(new Result(name, variant.baseLock(), threads, tally, differ, ratio));
        }
        return results;
    }

    /** The differences of both locked variants: neither may have any. */
    private static Long total(Map<Variant, Long> differences) {
        return differences.entrySet().stream().filter(e -> e.getKey().isLocked())
            .mapToLong(Map.Entry::getValue).sum();
    }
}
