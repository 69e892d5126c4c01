// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A start that looks at queued before it writes the state: it keeps what it saw in a field of its own. */
final class EarlyLook implements Mutation {

    private static final String SELF = "io/latchwork/async/internal/timer/BpfHrtimer";
    private static final String EARLY = "mutant$early";

    @Override
    public String className() {
        return SELF.replace('/', '.');
    }

    @Override
    public byte[] apply(final byte[] classFile) {
        final ClassReader reader = new ClassReader(classFile);
        final ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        final int[] found = new int[2];
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(final int access, final String name, final String descriptor,
                                             final String signature, final String[] exceptions) {
                final MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
                if (name.equals("start")) {
                    return lookFirst(out, found);
                }
                return name.equals("told") ? useTheLook(out, found) : out;
            }

            @Override
            public void visitEnd() {
                super.visitField(Opcodes.ACC_PRIVATE, EARLY, "J", null, null);
                super.visitEnd();
            }
        }, 0);
        if (found[0] == 0 || found[1] != 1) {
            throw new IllegalArgumentException("matches nothing: " + this);
        }
        return writer.toByteArray();
    }

    @Override
    public String toString() {
        return "mutation of " + className() + ".start: looks at queued before the state is written";
    }

    private static MethodVisitor lookFirst(final MethodVisitor out, final int... found) {
        return new MethodVisitor(Opcodes.ASM9, out) {
            @Override
            public void visitCode() {
                super.visitCode();
                visitVarInsn(Opcodes.ALOAD, 0);
                visitFieldInsn(Opcodes.GETSTATIC, SELF, "QUEUED", "Ljava/lang/invoke/VarHandle;");
                visitVarInsn(Opcodes.ALOAD, 0);
                visitMethodInsn(Opcodes.INVOKEVIRTUAL, VarHandleCalls.VAR_HANDLE, "getVolatile", "(L" + SELF + ";)J", false);
                visitFieldInsn(Opcodes.PUTFIELD, SELF, EARLY, "J");
                found[0]++;
            }
        };
    }

    private static MethodVisitor useTheLook(final MethodVisitor out, final int... found) {
        return new VarHandleCalls(out, new ClassRewrite.Context(SELF, 0, 0), "QUEUED", "getVolatile") {
            @Override
            void rewrite(final String descriptor) {
                found[1]++;
                super.visitFieldInsn(Opcodes.GETFIELD, SELF, EARLY, "J");
                visitInsn(Opcodes.DUP2_X1); // the handle is still there, below
                visitInsn(Opcodes.POP2);
                visitInsn(Opcodes.POP);
            }
        };
    }
}
