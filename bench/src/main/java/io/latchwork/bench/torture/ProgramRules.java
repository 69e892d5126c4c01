// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I4: each program's hook ran once, after its loader let go of it, and after its last callback returned. */
final class ProgramRules {
    private ProgramRules() {
    }

    /** What is wrong with the programs of a round that was closed. */
    static List<Violation> check(List<Event> events) {
        Map<Long, Event> unloads = new HashMap<>();
        Map<Long, Event> programOf = new HashMap<>();
        List<Violation> found = new ArrayList<>();
        for (Event event : events) {
            if (event.call == Call.UNLOAD) {
                Event first = unloads.putIfAbsent(event.a, event);
                if (first != null) {
                    found.add(new Violation(Invariant.I4, "the hook of program " + event.a + " ran twice",
                        List.of(first, event)));
                }
            } else if (event.isBinding()) {
                programOf.put(event.a, event);
            }
        }
        for (Event event : events) {
            if (event.call == Call.LOAD && event.isOutcome() && !unloads.containsKey(event.a)) {
                found.add(new Violation(Invariant.I4, "the hook of program " + event.a + " never ran", List.of(event)));
            } else if (event.call == Call.RELEASE_PROGRAM && event.isOutcome()) {
                Event unload = unloads.get(event.a);
                if (unload != null && unload.after < event.before) {
                    found.add(new Violation(Invariant.I4, "program " + event.a + " was unloaded before it was released",
                        List.of(unload, event)));
                }
            } else if (event.call == Call.FIRE && programOf.containsKey(event.b)) {
                Event unload = unloads.get(programOf.get(event.b).b);
                if (unload != null && unload.after < event.end) {
                    found.add(new Violation(Invariant.I4, "program " + unload.a + " was unloaded before its callback returned: "
                        + event, List.of(event, unload)));
                }
            }
        }
        return found;
    }
}
