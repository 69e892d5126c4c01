// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Inverts one conditional jump. */
final class JumpInversion extends MethodVisitor {

    private final ClassRewrite.Context context;

    JumpInversion(final MethodVisitor out, final ClassRewrite.Context context) {
        super(Opcodes.ASM9, out);
        this.context = context;
    }

    @Override
    public void visitJumpInsn(final int opcode, final Label target) {
        final boolean conditional = opcode != Opcodes.GOTO && opcode != Opcodes.JSR;
        super.visitJumpInsn(conditional && context.isTheOne() ? inverse(opcode) : opcode, target);
    }

    /** IFEQ to IF_ACMPNE come in pairs that start with an odd number; IFNULL and IFNONNULL with an even one. */
    private static int inverse(final int opcode) {
        return opcode >= Opcodes.IFNULL ? opcode ^ 1 : (opcode + 1 ^ 1) - 1;
    }
}
