// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Exchanges two statements: the instructions between two labels, where each statement has a label for its line. */
final class StatementSwap extends MethodNode {

    private final MethodVisitor out;
    private final ClassRewrite.Context context;
    private final String firstName;
    private final String secondName;

    StatementSwap(final MethodVisitor out, final ClassRewrite.Context context, final String firstName,
                  final String secondName) {
        super(Opcodes.ASM9);
        this.out = out;
        this.context = context;
        this.firstName = firstName;
        this.secondName = secondName;
    }

    @Override
    public void visitEnd() {
        final AbstractInsnNode firstCall = call(firstName);
        final AbstractInsnNode secondCall = call(secondName);
        if (firstCall != null && secondCall != null && context.isTheOne()) {
            final List<AbstractInsnNode> first = statement(firstCall);
            final List<AbstractInsnNode> second = statement(secondCall);
            if (first.contains(secondCall)) {
                throw new IllegalArgumentException(firstName + " and " + secondName + " are called by one statement");
            }
            final AbstractInsnNode behindFirst = first.get(first.size() - 1).getNext();
            final AbstractInsnNode behindSecond = second.get(second.size() - 1).getNext();
            move(second, behindFirst);
            move(first, behindSecond);
        }
        accept(out);
    }

    private AbstractInsnNode call(final String name) {
        for (final AbstractInsnNode node : instructions) {
            if (node instanceof MethodInsnNode callNode && callNode.name.equals(name)) {
                return node;
            }
        }
        return null;
    }

    private static List<AbstractInsnNode> statement(final AbstractInsnNode call) {
        AbstractInsnNode node = call;
        while (node.getPrevious() != null && node.getPrevious().getOpcode() >= 0) {
            node = node.getPrevious();
        }
        final List<AbstractInsnNode> statement = new ArrayList<>();
        for (; node != null && !(node instanceof LabelNode); node = node.getNext()) {
            final boolean leaves = node.getType() == AbstractInsnNode.JUMP_INSN
                || node.getOpcode() >= Opcodes.IRETURN && node.getOpcode() <= Opcodes.RETURN
                || node.getOpcode() == Opcodes.ATHROW;
            if (leaves) {
                throw new IllegalArgumentException("a statement to exchange must not branch");
            }
            statement.add(node);
        }
        return statement;
    }

    private void move(final List<AbstractInsnNode> statement, final AbstractInsnNode before) {
        final InsnList moved = new InsnList();
        for (final AbstractInsnNode node : statement) {
            instructions.remove(node);
            moved.add(node);
        }
        instructions.insertBefore(before, moved);
    }
}
