// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Changes the access mode of one VarHandle call. */
final class ModeChange extends VarHandleCalls {

    private final String to;

    ModeChange(final MethodVisitor out, final ClassRewrite.Context context, final String handle, final String from,
               final String to) {
        super(out, context, handle, from);
        this.to = to;
    }

    @Override
    void rewrite(final String descriptor) {
        emitCall(Opcodes.INVOKEVIRTUAL, VAR_HANDLE, to, descriptor);
    }
}
