// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of the instrumented places, and of the methods that they are in. This is the only static mutable state of the
 * kit: an instrumented class can hand a hook no more than a constant, and classes of many loaders, which live as long as
 * the JVM likes, share the hooks. Names are only ever added.
 */
final class Sites {

    private static final List<String> NAMES = new ArrayList<>();
    private static final List<String> METHODS = new ArrayList<>();

    private Sites() {
    }

    /**
     * A new place.
     *
     * @param name for people
     * @param method binary name of the class, a dot, name and descriptor of the method
     */
    static synchronized int add(final String name, final String method) {
        NAMES.add(name);
        METHODS.add(method);
        return NAMES.size() - 1;
    }

    static synchronized String name(final int site) {
        return site < 0 ? "nowhere" : NAMES.get(site);
    }

    static synchronized Set<String> methods(final BitSet sites) {
        final Set<String> methods = new TreeSet<>();
        sites.stream().forEach(site -> methods.add(METHODS.get(site)));
        return methods;
    }
}
