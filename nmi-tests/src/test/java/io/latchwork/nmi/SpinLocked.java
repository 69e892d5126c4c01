// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts a spin lock of the object around methods of a class: whoever interrupts one of them and calls another waits for ever,
 * as does whoever calls one while a thread is stopped in it. What is said of interruptions and stops must fail then.
 *
 * @param className binary name of the class
 * @param methods names of methods that are not static, with or without their descriptors
 */
record SpinLocked(String className, Set<String> methods) implements Mutation {

    private static final String LOCK = "mutant$lock";
    private static final int NOT_THESE = Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_SYNTHETIC;

    @Override
    public byte[] apply(final byte[] classFile) {
        final ClassReader reader = new ClassReader(classFile);
        final ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        final int[] found = new int[1];
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(final int access, final String name, final String descriptor,
                                             final String signature, final String[] exceptions) {
                final MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
                if (!methods.contains(name) && !methods.contains(name + descriptor) || (access & NOT_THESE) != 0) {
                    return out;
                }
                found[0]++;
                return new Locked(out, reader.getClassName());
            }

            @Override
            public void visitEnd() {
                super.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_VOLATILE, LOCK, "Z", null, null);
                super.visitEnd();
            }
        }, 0);
        if (found[0] == 0) {
            throw new IllegalArgumentException("matches nothing: " + this);
        }
        return writer.toByteArray();
    }

    /** Spins before the first instruction, and unlocks before each return. An exception leaves it locked. */
    private static final class Locked extends MethodVisitor {
        private final String self;

        Locked(final MethodVisitor out, final String self) {
            super(Opcodes.ASM9, out);
            this.self = self;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            final Label again = new Label();
            super.visitLabel(again);
            super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitFieldInsn(Opcodes.GETFIELD, self, LOCK, "Z");
            super.visitJumpInsn(Opcodes.IFNE, again);
            set(Opcodes.ICONST_1);
        }

        private void set(final int value) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitInsn(value);
            super.visitFieldInsn(Opcodes.PUTFIELD, self, LOCK, "Z");
        }

        @Override
        public void visitInsn(final int opcode) {
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                set(Opcodes.ICONST_0);
            }
            super.visitInsn(opcode);
        }
    }
}
