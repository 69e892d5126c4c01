// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayDeque;
import java.util.Deque;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds the calls of one mode of one VarHandle. The handle is loaded before the arguments, and a call among the
 * arguments is complete before the outer one, so loads and calls match like brackets.
 */
abstract class VarHandleCalls extends MethodVisitor {

    static final String VAR_HANDLE = "java/lang/invoke/VarHandle";

    private final ClassRewrite.Context context;
    private final String handle;
    private final String mode;
    private final Deque<String> loadedHandles = new ArrayDeque<>();
    private int line;

    VarHandleCalls(final MethodVisitor out, final ClassRewrite.Context context, final String handle,
                   final String mode) {
        super(Opcodes.ASM9, out);
        this.context = context;
        this.handle = handle;
        this.mode = mode;
    }

    /** Writes the replacement of the call that was searched for. */
    abstract void rewrite(String descriptor);

    /** The source line of the code that is being visited. */
    final int line() {
        return line;
    }

    @Override
    public void visitLineNumber(final int number, final Label start) {
        line = number;
        super.visitLineNumber(number, start);
    }

    @Override
    public void visitFieldInsn(final int opcode, final String owner, final String name, final String descriptor) {
        if (opcode == Opcodes.GETSTATIC && descriptor.equals('L' + VAR_HANDLE + ';')) {
            loadedHandles.push(name);
        }
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(final int opcode, final String owner, final String name, final String descriptor,
                                final boolean isInterface) {
        if (opcode == Opcodes.INVOKEVIRTUAL && owner.equals(VAR_HANDLE)) {
            final String usedHandle = loadedHandles.isEmpty() ? "?" : loadedHandles.pop();
            if (usedHandle.equals(handle) && name.equals(mode) && context.isTheOne()) {
                rewrite(descriptor);
                return;
            }
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    /** Writes a method instruction that is not looked at again. */
    final void emitCall(final int opcode, final String owner, final String name, final String descriptor) {
        super.visitMethodInsn(opcode, owner, name, descriptor, false);
    }
}
