// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A mutation of the methods of one name; what is rewritten there is up to a method visitor. */
final class ClassRewrite implements Mutation {

    private final String className;
    private final String method;
    private final int occurrence;
    private final String what;
    private final Rewriter rewriter;

    ClassRewrite(final String className, final String method, final int occurrence, final String what,
                 final Rewriter rewriter) {
        this.className = className;
        this.method = method;
        this.occurrence = occurrence;
        this.what = what;
        this.rewriter = rewriter;
    }

    /** Makes the visitor that rewrites one method. */
    @FunctionalInterface
    interface Rewriter {
        MethodVisitor over(MethodVisitor out, Context context);
    }

    @Override
    public String className() {
        return className;
    }

    @Override
    public byte[] apply(final byte[] classFile) {
        final ClassReader reader = new ClassReader(classFile);
        if (!reader.getClassName().equals(className.replace('.', '/'))) {
            throw new IllegalArgumentException("a mutation of " + className + " was applied to "
                + reader.getClassName());
        }
        final ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        final Context context = new Context(reader.getClassName(), occurrence, helpersOf(reader));
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(final int access, final String name, final String descriptor,
                                             final String signature, final String[] exceptions) {
                final MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
                return method.equals(name) || method.equals(name + descriptor) ? rewriter.over(out, context) : out;
            }

            @Override
            public void visitEnd() {
                context.helpers.forEach(helper -> helper.accept(cv));
                super.visitEnd();
            }
        }, 0);
        if (context.found <= occurrence) {
            throw new IllegalArgumentException("matches nothing: " + this + "; places found: " + context.found);
        }
        return writer.toByteArray();
    }

    /** Number of methods that earlier mutations of the class have added. */
    private static int helpersOf(final ClassReader reader) {
        final int[] count = new int[1];
        reader.accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(final int access, final String name, final String descriptor,
                                             final String signature, final String[] exceptions) {
                count[0] += name.startsWith(Context.HELPER) ? 1 : 0;
                return null;
            }
        }, ClassReader.SKIP_CODE);
        return count[0];
    }

    @Override
    public String toString() {
        return "mutation of " + className + '.' + method + ": " + what + ", occurrence " + occurrence;
    }

    /** What the visitors of one application share: the count of matching places, and methods to add. */
    static final class Context {

        private static final String HELPER = "mutant$";

        private final String self;
        private final int occurrence;
        private final int olderHelpers;
        private final List<Consumer<ClassVisitor>> helpers = new ArrayList<>();
        private int found;

        Context(final String self, final int occurrence, final int olderHelpers) {
            this.self = self;
            this.olderHelpers = olderHelpers;
            this.occurrence = occurrence;
        }

        /** Internal name of the mutated class. */
        String self() {
            return self;
        }

        /** Counts a matching place; answers whether it is the one to rewrite. */
        boolean isTheOne() {
            return found++ == occurrence;
        }

        /** A name for a method to add. */
        String newHelperName() {
            return HELPER + (olderHelpers + helpers.size());
        }

        void addHelper(final Consumer<ClassVisitor> helper) {
            helpers.add(helper);
        }
    }
}
