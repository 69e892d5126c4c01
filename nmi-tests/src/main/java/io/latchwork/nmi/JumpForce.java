// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes one conditional jump go one way. It stays a conditional jump, so that no code becomes unreachable. */
final class JumpForce extends MethodVisitor {

    private final ClassRewrite.Context context;
    private final boolean taken;

    JumpForce(final MethodVisitor out, final ClassRewrite.Context context, final boolean taken) {
        super(Opcodes.ASM9, out);
        this.context = context;
        this.taken = taken;
    }

    @Override
    public void visitJumpInsn(final int opcode, final Label target) {
        if (opcode == Opcodes.GOTO || opcode == Opcodes.JSR || !context.isTheOne()) {
            super.visitJumpInsn(opcode, target);
            return;
        }
        visitInsn(opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ACMPNE ? Opcodes.POP2 : Opcodes.POP);
        visitInsn(taken ? Opcodes.ICONST_0 : Opcodes.ICONST_1);
        super.visitJumpInsn(Opcodes.IFEQ, target);
    }
}
