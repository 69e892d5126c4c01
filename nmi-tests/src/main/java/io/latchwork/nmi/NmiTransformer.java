// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a call of a hook before every instruction that touches shared memory, blocks, allocates, returns or branches
 * back. Class initialisers are left alone: an interrupt there would enter the initialisation again.
 *
 * <p>A hook takes one constant and returns nothing, so no stack map changes and no other class has to be loaded.
 */
public final class NmiTransformer {

    private static final String VAR_HANDLE = "Ljava/lang/invoke/VarHandle;";

    private NmiTransformer() {
    }

    /**
     * Instruments a class.
     *
     * @param classFile the class file
     * @return the class file with hooks
     */
    public static byte[] transform(final byte[] classFile) {
        final ClassReader reader = new ClassReader(classFile);
        final ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Instrumenter(writer, constantsOf(reader)), 0);
        return writer.toByteArray();
    }

    /** Fields whose loads nobody can tell apart: finals of the class itself. */
    private static Set<String> constantsOf(final ClassReader reader) {
        final Set<String> constants = new HashSet<>();
        reader.accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public FieldVisitor visitField(final int access, final String name, final String descriptor,
                                           final String signature, final Object value) {
                if ((access & Opcodes.ACC_FINAL) != 0) {
                    constants.add(reader.getClassName() + '.' + name);
                }
                return null;
            }
        }, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return constants;
    }

    /** Whether a field of this type holds a constant tool, not data. */
    static boolean isHandle(final String descriptor) {
        return descriptor.equals(VAR_HANDLE) || descriptor.equals("Lsun/misc/Unsafe;")
            || descriptor.equals("Ljava/lang/invoke/MethodHandle;");
    }

    private static final class Instrumenter extends ClassVisitor {

        private final Set<String> constants;
        private String self;
        private String source = "?";

        Instrumenter(final ClassVisitor out, final Set<String> constants) {
            super(Opcodes.ASM9, out);
            this.constants = constants;
        }

        @Override
        public void visit(final int version, final int access, final String name, final String signature,
                          final String superName, final String[] interfaces) {
            self = name;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public void visitSource(final String file, final String debug) {
            source = file == null ? source : file;
            super.visitSource(file, debug);
        }

        @Override
        public MethodVisitor visitMethod(final int access, final String name, final String descriptor,
                                         final String signature, final String[] exceptions) {
            final MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (name.equals("<clinit>") || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
                return out;
            }
            final boolean isSynchronized = (access & Opcodes.ACC_SYNCHRONIZED) != 0;
            final String method = self.replace('/', '.') + '.' + name;
            return new HookInserter(out, method + '(' + source + ':', method + descriptor, isSynchronized, constants);
        }
    }
}
