// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Leaves out one call: drops its arguments, answers a constant. */
final class CallDrop extends MethodVisitor {

    private final ClassRewrite.Context context;
    private final String owner;
    private final String name;
    private final int answer;

    CallDrop(final MethodVisitor out, final ClassRewrite.Context context, final String owner, final String name,
             final int answer) {
        super(Opcodes.ASM9, out);
        this.context = context;
        this.owner = owner;
        this.name = name;
        this.answer = answer;
    }

    @Override
    public void visitMethodInsn(final int opcode, final String calledOwner, final String calledName,
                                final String descriptor, final boolean isInterface) {
        if (calledName.equals("<init>") || !calledOwner.equals(owner) || !calledName.equals(name)
            || !context.isTheOne()) {
            super.visitMethodInsn(opcode, calledOwner, calledName, descriptor, isInterface);
            return;
        }
        final Type[] arguments = Type.getArgumentTypes(descriptor);
        for (int i = arguments.length - 1; i >= 0; i--) {
            visitInsn(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
        if (opcode != Opcodes.INVOKESTATIC) {
            visitInsn(Opcodes.POP);
        }
        pushAnswer(Type.getReturnType(descriptor).getSort());
    }

    private void pushAnswer(final int sort) {
        if (answer != 0 && sort != Type.INT && sort != Type.BOOLEAN) {
            throw new IllegalArgumentException("only a call that answers int or boolean can answer " + answer);
        }
        switch (sort) {
            case Type.VOID -> {
                // nothing is expected on the stack
            }
            case Type.LONG -> visitInsn(Opcodes.LCONST_0);
            case Type.FLOAT -> visitInsn(Opcodes.FCONST_0);
            case Type.DOUBLE -> visitInsn(Opcodes.DCONST_0);
            case Type.ARRAY, Type.OBJECT -> visitInsn(Opcodes.ACONST_NULL);
            default -> visitLdcInsn(answer);
        }
    }
}
