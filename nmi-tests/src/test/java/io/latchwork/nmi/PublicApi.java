// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.RefCount;
import io.latchwork.async.internal.TaggedPool;
import io.latchwork.irqwork.IrqWork;
import io.latchwork.rcu.Rcu;
import io.latchwork.seqlatch.LatchCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/** The public methods of the libraries, and of the primitives inside of them. */
final class PublicApi {

    private static final String OURS = "io.latchwork.";

    private PublicApi() {
    }

    /** One method, as it is named in the lists of exemptions: type, dot, name; overloads have one name. */
    record Member(Class<?> type, Method method) {
        String name() {
            return type.getSimpleName() + '.' + method.getName();
        }

        /** Whether one of these methods, named as in a {@link Report}, is this one or implements it. */
        boolean isAmong(final Set<String> methods) {
            final String suffix = '.' + method.getName() + Type.getMethodDescriptor(method);
            return methods.stream().filter(each -> each.endsWith(suffix))
                .map(each -> loaded(each.substring(0, each.length() - suffix.length())))
                .anyMatch(owner -> method.getDeclaringClass().isAssignableFrom(owner) || owner.isAssignableFrom(type));
        }
    }

    static Class<?> loaded(final String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (final ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All public types of the packages that are exported, and the primitives that are not. */
    static List<Class<?>> types() {
        final List<Class<?>> types = new ArrayList<>(List.of(RefCount.class, TaggedPool.class, Quota.class));
        types.addAll(publicTypesBeside(AsyncRuntime.class, "async-core"));
        types.addAll(publicTypesBeside(LatchCell.class, "seqlatch"));
        types.addAll(publicTypesBeside(IrqWork.class, "irqwork"));
        types.addAll(publicTypesBeside(Rcu.class, "rcu"));
        return types;
    }

    static List<Member> members(final Class<?> type) {
        final List<Member> members = new ArrayList<>();
        for (final Method method : type.isInterface() ? type.getDeclaredMethods() : type.getMethods()) {
            if (method.getDeclaringClass().getName().startsWith(OURS) && !method.isSynthetic()
                && Modifier.isPublic(method.getModifiers())) {
                members.add(new Member(type, method));
            }
        }
        return members;
    }

    /** Looks into the module's directory: the class path may hold tests in the same packages. */
    private static List<Class<?>> publicTypesBeside(final Class<?> anchor, final String module) {
        try {
            return publicTypes(anchor, Path.of("..", module, "target", "classes", anchor.getPackageName().replace('.', '/')));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Class<?>> publicTypes(final Class<?> anchor, final Path folder) throws IOException {
        final Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class") && !name.contains("-"))
                .forEach(name -> names.add(name.substring(0, name.length() - ".class".length())));
        }
        final List<Class<?>> types = new ArrayList<>();
        for (final String name : names) {
            final Class<?> type = loaded(anchor.getPackageName() + '.' + name);
            if (Modifier.isPublic(type.getModifiers())) {
                types.add(type);
            }
        }
        return types;
    }
}
