// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One access to shared state, as found in the bytecode, with the comment that explains it.
 *
 * @param module the folder of the module
 * @param where class and method
 * @param field the field's handle, or "fence", or the field's own name for a direct access
 * @param mode the access mode
 * @param file the source file
 * @param line the line
 * @param comment the comment on the line or directly above it
 */
record SharedAccess(String module, String where, String field, String mode, String file, int line, String comment)
        implements Comparable<SharedAccess> {
    private static final Pattern EDGE = Pattern.compile("\\b([A-Z]{2}\\d+) (->|<-|<->) ([A-Z]{2}\\d+)\\b");

    /** An ordering edge as seen from one of its ends. */
    record End(String label, String arrow, String partner) {
        End mirrored() {
            String back = switch (arrow) {
                case "->" -> "<-";
                case "<-" -> "->";
                default -> arrow;
            };
            return new End(partner, back, label);
        }

        @Override
        public String toString() {
            return label + " " + arrow + " " + partner;
        }
    }

    boolean isPlain() {
        return mode.equals("get") || mode.equals("set") || mode.startsWith("direct");
    }

    List<End> ends() {
        List<End> found = new ArrayList<>();
        Matcher matcher = EDGE.matcher(comment);
        while (matcher.find()) {
            found.add(new End(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return found;
    }

    /** What is wrong with the comment, or the empty string. */
    String complaint() {
        boolean labelled = !ends().isEmpty();
        String at = file + ":" + line + ": " + where + " " + field + "." + mode;
        if (isPlain()) {
            return comment.contains("plain:") ? "" : at + " is plain and does not say why it may be";
        }
        if (labelled) {
            return "";
        }
        return comment.contains("relaxed:") ? "" : at + " has neither a label nor a reason";
    }

    /** The row of this access in the table of docs/memory-model.md. */
    String row() {
        String order = isPlain() ? "plain" : ends().isEmpty() ? "relaxed"
            : String.join(", ", ends().stream().map(End::toString).toList());
        return "| `" + where + "` | `" + field + "` | " + mode + " | " + order + " |";
    }

    @Override
    public int compareTo(SharedAccess other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : Integer.compare(line, other.line);
    }
}
