// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.io.IOException;
import java.util.List;

/**
 * A row as a line of text, for one JVM to print and another to read:
 * {@code @row what|peer|pending|threads|value|unit|cpuNs|bytes}.
 */
public final class RowLine {
    private static final String MARK = "@row ";
    private static final String BAR = "|";
    private static final int FIELDS = 8;

    private RowLine() {
    }

    /**
     * Writes a row, without its samples.
     *
     * @param row the row; its words hold no vertical bar
     * @return the line
     */
    public static String of(final Row row) {
        return MARK + String.join(BAR, row.what(), row.peer(), String.valueOf(row.pending()), String.valueOf(row.threads()),
            String.valueOf(row.value()), row.unit(), String.valueOf(row.cpuNs()), String.valueOf(row.bytes()));
    }

    /** Whether a line says that it is one. */
    static boolean isRow(final String line) {
        return line.startsWith(MARK);
    }

    /** Reads a line. */
    static Row parse(final String line) throws IOException {
        final String[] fields = line.substring(MARK.length()).split("\\|", -1);
        if (fields.length != FIELDS) {
            throw new IOException("not a row: " + line);
        }
        try {
            int next = 0;
            return new Row(fields[next++], fields[next++], Integer.parseInt(fields[next++]), Integer.parseInt(fields[next++]),
                Double.parseDouble(fields[next++]), fields[next++], Double.parseDouble(fields[next++]),
                Double.parseDouble(fields[next]), List.of());
        } catch (NumberFormatException e) {
            throw new IOException("not a row: " + line, e);
        }
    }
}
