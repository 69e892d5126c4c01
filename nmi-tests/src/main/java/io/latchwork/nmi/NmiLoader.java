// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A class loader that defines the named classes itself, with hooks and with the given mutations; all others come from
 * its parent. Needs no agent and no JVM flag. Each loader has its own copies, so mutants do not disturb each other.
 *
 * <p>Scenarios are defined by this loader, too, but without hooks: see {@link Scenario}.
 */
public final class NmiLoader extends ClassLoader {

    private static final String KIT = "io.latchwork.nmi.";
    private static final List<String> LIBRARY = List.of(
        "io.latchwork.seqlatch.", "io.latchwork.rcu.", "io.latchwork.irqwork.", "io.latchwork.async.");

    static {
        registerAsParallelCapable();
    }

    private final List<String> prefixes;
    private final Map<String, byte[]> mutants = new HashMap<>();
    /** Outermost classes of scenarios: defined here without hooks. Only ever added to. */
    private final Set<String> plain = ConcurrentHashMap.newKeySet();

    /**
     * A loader of instrumented classes.
     *
     * @param parent where class files are found and all other classes come from
     * @param prefixes prefixes of the names of the classes to instrument
     * @param mutations applied in this order, before the hooks are inserted; may be several for one class
     * @throws IllegalArgumentException if a mutation matches nothing, or its class is not among those to instrument
     */
    public NmiLoader(final ClassLoader parent, final List<String> prefixes, final Mutation... mutations) {
        super("nmi", parent);
        this.prefixes = List.copyOf(prefixes);
        for (final Mutation mutation : mutations) {
            final String name = mutation.className();
            if (!isInstrumented(name)) {
                throw new IllegalArgumentException(name + " is not loaded by this loader, which loads " + prefixes);
            }
            final byte[] before = mutants.containsKey(name) ? mutants.get(name) : classFile(name);
            if (before == null) {
                throw new IllegalArgumentException("no such class: " + name);
            }
            mutants.put(name, mutation.apply(before));
        }
    }

    /**
     * A loader that instruments all of the library on the class path, with mutations.
     *
     * @param mutations applied in this order
     * @return the loader
     */
    public static NmiLoader library(final Mutation... mutations) {
        return new NmiLoader(NmiLoader.class.getClassLoader(), LIBRARY, mutations);
    }

    /**
     * A scenario bound to the instrumented classes. Its outermost class, and those of its superclasses, are defined
     * here without hooks, with all that is nested in them.
     *
     * @param <S> the scenario's state
     * @param scenarioClass its binary name, with a constructor without parameters
     * @return an instance of this loader's copy
     * @throws IllegalArgumentException if there is no such class, or it cannot be bound
     */
    @SuppressWarnings("unchecked")
    public <S> Scenario<S> scenario(final String scenarioClass) {
        try {
            Class<?> model = Class.forName(scenarioClass, false, getParent());
            while (model != null && model.getClassLoader() != null) {
                if (isOwn(model.getName())) {
                    throw new IllegalArgumentException(model
                        + ": a scenario must live outside of the kit's own package");
                }
                plain.add(outermost(model.getName()));
                model = model.getSuperclass();
            }
            final Class<?> bound = loadClass(scenarioClass);
            if (bound.getClassLoader() != this) {
                throw new IllegalArgumentException(scenarioClass + " was bound to classes without hooks before");
            }
            final var constructor = bound.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Scenario<S>) constructor.newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot make a scenario of " + scenarioClass, e);
        }
    }

    /**
     * The same, for a class literal.
     *
     * @param <S> the scenario's state
     * @param scenarioClass the class; only its name is used
     * @return an instance of this loader's copy
     */
    public <S> Scenario<S> scenario(final Class<? extends Scenario<S>> scenarioClass) {
        return scenario(scenarioClass.getName());
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
        if (isOwn(name) || !isInstrumented(name) && !isPlain(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = define(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> define(final String name) throws ClassNotFoundException {
        byte[] code = mutants.containsKey(name) ? mutants.get(name) : classFile(name);
        if (code == null) {
            throw new ClassNotFoundException(name);
        }
        if (!isPlain(name)) {
            code = NmiTransformer.transform(code);
        }
        return defineClass(name, code, 0, code.length);
    }

    private byte[] classFile(final String name) {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isInstrumented(final String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }

    private boolean isPlain(final String name) {
        return plain.contains(outermost(name));
    }

    private static boolean isOwn(final String name) {
        return name.startsWith(KIT) && name.indexOf('.', KIT.length()) < 0;
    }

    private static String outermost(final String name) {
        final int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
