// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.memory;

import io.latchwork.bench.suite.Row;
import io.latchwork.bench.suite.RowLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jol.info.GraphLayout;

/** Prints the size of the objects that an armed timer adds to those of its service, all together and by class. */
public final class ObjectsMain {
    /** The quantity. The rows by class are called so as well, followed by the class. */
    public static final String WHAT = "objects";
    /** The unit. */
    public static final String BYTES = "bytes";

    /** Classes with less of each timer are not shown. */
    private static final double LEAST = 1;

    private ObjectsMain() {
    }

    /**
     * Measures.
     *
     * @param args which timers, and how many
     * @throws InterruptedException if interrupted
     */
    public static void main(final String[] args) throws InterruptedException {
        measure(args[0], Integer.parseInt(args[1])).forEach(row -> System.out.println(RowLine.of(row)));
        System.exit(0); // whatever threads a service leaves
    }

    static List<Row> measure(final String name, final int count) throws InterruptedException {
        try (ArmedTimers timers = ArmedTimers.start(name, count)) {
            final GraphLayout before = GraphLayout.parseInstance(timers.root());
            timers.arm();
            timers.settle();
            final GraphLayout after = GraphLayout.parseInstance(timers.root());
            final List<Row> rows = new ArrayList<>();
            rows.add(Row.of(WHAT, name, count, -1, (after.totalSize() - before.totalSize()) / (double) count, BYTES));
            rows.addAll(byClass(name, count, sizes(before), sizes(after)));
            return rows;
        }
    }

    private static Map<String, Long> sizes(final GraphLayout layout) {
        final Map<String, Long> sizes = new HashMap<>();
        for (final Class<?> type : layout.getClasses()) {
            sizes.merge(type.getTypeName(), layout.getClassSizes().count(type), Long::sum);
        }
        return sizes;
    }

    private static List<Row> byClass(final String name, final int count, final Map<String, Long> before,
                                     final Map<String, Long> after) {
        final List<Row> rows = new ArrayList<>();
        after.forEach((type, size) -> {
            final double each = (size - before.getOrDefault(type, 0L)) / (double) count;
            if (each >= LEAST) {
                rows.add(Row.of(WHAT + " of " + type.substring(type.lastIndexOf('.') + 1), name, count, -1, each, BYTES));
            }
        });
        rows.sort(Comparator.comparingDouble(Row::value).reversed());
        return rows;
    }
}
