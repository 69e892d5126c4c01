// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The only places where a call that interrupts another one may allocate, by the beginning of their names, and why. */
final class Allocations {

    private static final String MAP = "io.latchwork.async.internal.map.";
    private static final String HANDLE = "by contract: lookup(key) and handle() make a handle";
    private static final String VIEW = "a view, and a handle, that do not outlive the call: on the stack once compiled";
    static final Map<String, String> EXEMPT = Map.of(
        MAP + "MapCore.lookup(", HANDLE, MAP + "MapCore.handle(", HANDLE, MAP + "MapCore.timers(", VIEW,
        MAP + "ArmedView.at(", VIEW,
        "io.latchwork.nmi.toy.", "of the test", "io.latchwork.rcu.Rcu.stats(", "by contract: makes a snapshot");

    private static final Set<String> USED = ConcurrentHashMap.newKeySet();

    private Allocations() {
    }

    static boolean isExempt(final String site) {
        for (final String place : EXEMPT.keySet()) {
            if (site.startsWith(place)) {
                USED.add(place);
                return true;
            }
        }
        return false;
    }

    /** The places that nobody came to. */
    static Set<String> unused() {
        final Set<String> unused = new TreeSet<>(EXEMPT.keySet());
        unused.removeAll(USED);
        return unused;
    }
}
