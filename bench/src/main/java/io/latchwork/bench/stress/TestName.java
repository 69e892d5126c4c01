// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;

/** The name of a test on a command line: {@code CLASS[/NESTED][#METHOD]}, where NESTED may be inherited by CLASS. */
public final class TestName {
    private TestName() {
    }

    /**
     * Selects what the name says.
     *
     * @param name the name; its classes come from the context class loader of this thread
     * @return what finds the test
     * @throws IllegalArgumentException if there is no such class or method
     */
    public static DiscoverySelector select(final String name) {
        final int hash = name.indexOf('#');
        final String path = hash < 0 ? name : name.substring(0, hash);
        final String method = hash < 0 ? null : name.substring(hash + 1);
        final int slash = path.indexOf('/');
        final Class<?> outer = load(slash < 0 ? path : path.substring(0, slash));
        if (slash < 0) {
            return method == null ? selectClass(outer) : selectMethod(outer, method(outer, method));
        }
        final Class<?> nested = member(outer, path.substring(slash + 1));
        return method == null ? selectNestedClass(List.of(outer), nested)
            : selectNestedMethod(List.of(outer), nested, method(nested, method));
    }

    private static Class<?> load(final String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (final ClassNotFoundException e) {
            throw new IllegalArgumentException("no class " + name, e);
        }
    }

    private static Class<?> member(final Class<?> outer, final String simpleName) {
        for (Class<?> at = outer; at != null; at = at.getSuperclass()) {
            for (final Class<?> member : at.getDeclaredClasses()) {
                if (member.getSimpleName().equals(simpleName)) {
                    return member;
                }
            }
        }
        throw new IllegalArgumentException("no class " + simpleName + " in " + outer.getName());
    }

    /** The method of that name, whatever its parameters. */
    private static Method method(final Class<?> owner, final String name) {
        for (Class<?> at = owner; at != null; at = at.getSuperclass()) {
            for (final Method declared : at.getDeclaredMethods()) {
                if (declared.getName().equals(name)) {
                    return declared;
                }
            }
        }
        throw new IllegalArgumentException("no method " + name + " in " + owner.getName());
    }
}
