// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Defines the library and its tests anew, with changed classes in place of their own; all else comes from the parent. */
final class MutatedLoader extends ClassLoader {
    private static final String LIBRARY = "io.latchwork.";
    private static final String SHARED = "io.latchwork.bench.";

    static {
        registerAsParallelCapable();
    }

    private final Path changed;

    /**
     * @param changed the directory of the changed classes
     * @param parent where all other class files are
     */
    MutatedLoader(final Path changed, final ClassLoader parent) {
        super(parent);
        this.changed = changed;
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(LIBRARY) || name.startsWith(SHARED)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            final Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(final String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            final byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (final IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    public URL getResource(final String name) {
        final Path file = changed.resolve(name);
        try {
            return Files.isRegularFile(file) ? file.toUri().toURL() : super.getResource(name);
        } catch (final MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
