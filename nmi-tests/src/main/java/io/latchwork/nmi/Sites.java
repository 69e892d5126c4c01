// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.List;

/**
 * Names of the instrumented places. This is the only static mutable state of the kit: an instrumented class can hand
 * a hook no more than a constant, and classes of many loaders, which live as long as the JVM likes, share the hooks.
 * Names are only ever added.
 */
final class Sites {

    private static final List<String> NAMES = new ArrayList<>();

    private Sites() {
    }

    static synchronized int add(final String name) {
        NAMES.add(name);
        return NAMES.size() - 1;
    }

    static synchronized String name(final int site) {
        return site < 0 ? "nowhere" : NAMES.get(site);
    }
}
