// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * No bug: makes the tables of a runtime small. Each of many thousand runs makes a runtime, and ends some grace periods,
 * which look at every reader's slot. A table that is not full behaves alike in all sizes.
 */
final class SmallTables {

    /** Some threads look at once: the one that is interrupted or stopped, and another one. */
    private static final int SLOTS = 4;
    private static final String READERS = "io/latchwork/rcu/BuilderOptions";
    private static final String QUEUE = "io/latchwork/async/internal/runtime/Kworkers";
    private static final int RING = 4096;

    private SmallTables() {
    }

    static Mutation[] all() {
        return new Mutation[] {new Change(READERS), new Change(QUEUE)};
    }

    /** One class, of which the constructor is changed. */
    private record Change(String self) implements Mutation {
        @Override
        public String className() {
            return self.replace('/', '.');
        }

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
                    return name.equals("<init>") ? changed(out, found) : out;
                }
            }, 0);
            if (found[0] == 0) {
                throw new IllegalArgumentException("nothing to make small in " + self);
            }
            return writer.toByteArray();
        }

        private MethodVisitor changed(final MethodVisitor out, final int... found) {
            return new MethodVisitor(Opcodes.ASM9, out) {
                @Override
                public void visitInsn(final int opcode) {
                    if (opcode == Opcodes.RETURN && self.equals(READERS)) {
                        set("ownedSlots");
                        set("leasedSlots");
                    }
                    super.visitInsn(opcode);
                }

                private void set(final String field) {
                    visitVarInsn(Opcodes.ALOAD, 0);
                    super.visitIntInsn(Opcodes.BIPUSH, SLOTS);
                    visitFieldInsn(Opcodes.PUTFIELD, READERS, field, "I");
                    found[0]++;
                }

                @Override
                public void visitIntInsn(final int opcode, final int operand) {
                    final boolean isRing = self.equals(QUEUE) && opcode == Opcodes.SIPUSH && operand == RING;
                    found[0] += isRing ? 1 : 0;
                    super.visitIntInsn(opcode, isRing ? SLOTS : operand);
                }
            };
        }
    }
}
