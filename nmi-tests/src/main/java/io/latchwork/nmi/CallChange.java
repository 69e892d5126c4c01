// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Calls another method of the same owner and descriptor. */
final class CallChange extends MethodVisitor {

    private final ClassRewrite.Context context;
    private final String owner;
    private final String name;
    private final String instead;

    CallChange(final MethodVisitor out, final ClassRewrite.Context context, final String owner, final String name,
               final String instead) {
        super(Opcodes.ASM9, out);
        this.context = context;
        this.owner = owner;
        this.name = name;
        this.instead = instead;
    }

    @Override
    public void visitMethodInsn(final int opcode, final String calledOwner, final String calledName,
                                final String descriptor, final boolean isInterface) {
        final boolean change = calledOwner.equals(owner) && calledName.equals(name) && context.isTheOne();
        super.visitMethodInsn(opcode, calledOwner, change ? instead : calledName, descriptor, isInterface);
    }
}
