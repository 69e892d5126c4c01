// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Inserts hooks into one method. */
final class HookInserter extends MethodVisitor {

    private static final String HOOKS = "io/latchwork/nmi/Nmi";
    private static final String POINT = "point";
    private static final String BLOCKING = "blocking";
    private static final String ALLOCATION = "allocation";

    private final String place;
    private final String method;
    private final boolean isSynchronized;
    private final Set<String> constants;
    private final Set<Label> passedLabels = new HashSet<>();
    private int line;

    HookInserter(final MethodVisitor out, final String place, final String method, final boolean isSynchronized,
                 final Set<String> constants) {
        super(Opcodes.ASM9, out);
        this.place = place;
        this.method = method;
        this.isSynchronized = isSynchronized;
        this.constants = constants;
    }

    private void hook(final String hook, final String what) {
        super.visitLdcInsn(Sites.add(place + line + ") " + what, method));
        super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, hook, "(I)V", false);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (isSynchronized) {
            hook(BLOCKING, "synchronized method");
        }
    }

    @Override
    public void visitLineNumber(final int number, final Label start) {
        line = number;
        super.visitLineNumber(number, start);
    }

    @Override
    public void visitLabel(final Label label) {
        passedLabels.add(label);
        super.visitLabel(label);
    }

    @Override
    public void visitFieldInsn(final int opcode, final String owner, final String name, final String descriptor) {
        if (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC) {
            hook(POINT, "put " + name);
        } else if (!NmiTransformer.isHandle(descriptor) && !constants.contains(owner + '.' + name)) {
            hook(POINT, "get " + name);
        }
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitInsn(final int opcode) {
        // Nothing before MONITOREXIT: javac lets the catch-any handler of a synchronized block cover itself, so a hook
        // that throws there would be caught by its own handler, for ever.
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
            hook(POINT, "array load");
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            hook(POINT, "array store");
        } else if (opcode == Opcodes.MONITORENTER) {
            hook(BLOCKING, "monitorenter");
        } else if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            hook(POINT, "return");
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(final int opcode, final int operand) {
        if (opcode == Opcodes.NEWARRAY) {
            hook(ALLOCATION, "newarray");
        }
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(final int opcode, final String type) {
        if (opcode == Opcodes.ANEWARRAY) {
            hook(ALLOCATION, "new " + type);
        }
        super.visitTypeInsn(opcode, type);
        if (opcode == Opcodes.NEW) { // behind it: stack maps name the object by the offset of this very instruction
            hook(ALLOCATION, "new " + type);
        }
    }

    @Override
    public void visitMultiANewArrayInsn(final String descriptor, final int dimensions) {
        hook(ALLOCATION, "new " + descriptor);
        super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitInvokeDynamicInsn(final String name, final String descriptor, final Handle bootstrap,
                                       final Object... arguments) {
        hook(ALLOCATION, "invokedynamic " + name);
        super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitJumpInsn(final int opcode, final Label target) {
        if (passedLabels.contains(target)) {
            hook(POINT, "branch back");
        }
        super.visitJumpInsn(opcode, target);
    }

    @Override
    public void visitTableSwitchInsn(final int min, final int max, final Label otherwise, final Label... targets) {
        hookSwitch(otherwise, targets);
        super.visitTableSwitchInsn(min, max, otherwise, targets);
    }

    @Override
    public void visitLookupSwitchInsn(final Label otherwise, final int[] keys, final Label[] targets) {
        hookSwitch(otherwise, targets);
        super.visitLookupSwitchInsn(otherwise, keys, targets);
    }

    private void hookSwitch(final Label otherwise, final Label... targets) {
        boolean back = passedLabels.contains(otherwise);
        for (final Label target : targets) {
            back |= passedLabels.contains(target);
        }
        if (back) {
            hook(POINT, "branch back");
        }
    }

    @Override
    public void visitMethodInsn(final int opcode, final String owner, final String name, final String descriptor,
                                final boolean isInterface) {
        final String what = "call " + owner.substring(owner.lastIndexOf('/') + 1) + '.' + name;
        if (JdkCalls.blocks(owner, name)) {
            hook(BLOCKING, what);
        } else if (JdkCalls.isAtomicStep(owner, name)) {
            hook(POINT, what);
        } else if (JdkCalls.allocates(owner, name)) {
            hook(ALLOCATION, what);
        }
        // the call stays as it is: calls of a VarHandle are signature-polymorphic and cannot be wrapped
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }
}
