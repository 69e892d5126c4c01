// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.BitSet;
import java.util.function.Predicate;

/** A predicate on the names of places that is asked once for each place. For one thread. */
final class SiteFilter {

    private final Predicate<String> names;
    private final BitSet asked = new BitSet();
    private final BitSet accepted = new BitSet();

    SiteFilter(final Predicate<String> names) {
        this.names = names;
    }

    boolean test(final int site) {
        if (names == null) {
            return true;
        }
        if (!asked.get(site)) {
            asked.set(site);
            accepted.set(site, names.test(Sites.name(site)));
        }
        return accepted.get(site);
    }
}
