// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Replaces one atomic VarHandle update by a call of a new static method of the same class, which takes what the update
 * took, handle included, and does it in separate steps. The new method is instrumented like any other, so there are
 * points between the steps.
 */
final class AtomicSplit extends VarHandleCalls {

    private static final String OBJECT = "java/lang/Object";
    private static final int HELPER_ACCESS = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

    private final ClassRewrite.Context context;
    private final String update;

    AtomicSplit(final MethodVisitor out, final ClassRewrite.Context context, final String handle, final String mode) {
        super(out, context, handle, mode);
        this.context = context;
        this.update = AccessModes.update(mode);
    }

    @Override
    void rewrite(final String descriptor) {
        final String name = context.newHelperName();
        final String helperDescriptor = "(L" + VAR_HANDLE + ';' + descriptor.substring(1);
        final int line = line();
        context.addHelper(out -> new Helper(update, descriptor).writeTo(out, name, helperDescriptor, line));
        emitCall(Opcodes.INVOKESTATIC, context.self(), name, helperDescriptor);
    }

    /** The code of the new method. */
    private static final class Helper {

        private final String update;
        private final Type result;
        private final Type[] arguments;
        private final boolean comparing;
        private final int coordinates;
        /** Type of the variable, as the new method handles it; VarHandles convert references on their own. */
        private final Type value;

        Helper(final String update, final String descriptor) {
            this.update = update;
            this.result = Type.getReturnType(descriptor);
            this.arguments = Type.getArgumentTypes(descriptor);
            this.comparing = update.contains("ompareAnd");
            this.coordinates = arguments.length - (comparing ? 2 : 1);
            final Type last = arguments[arguments.length - 1];
            this.value = last.getSort() >= Type.ARRAY ? Type.getObjectType(OBJECT) : last;
        }

        /** The line is that of the call, for the names of its points. */
        void writeTo(final ClassVisitor out, final String name, final String descriptor, final int line) {
            final MethodVisitor code = out.visitMethod(HELPER_ACCESS, name, descriptor, null, null);
            final int seen = slot(arguments.length);
            code.visitCode();
            final Label start = new Label();
            code.visitLabel(start);
            code.visitLineNumber(line, start);
            loadCoordinates(code);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, VAR_HANDLE, "getVolatile", accessDescriptor(false), false);
            code.visitVarInsn(value.getOpcode(Opcodes.ISTORE), seen);
            final Label different = new Label();
            if (comparing) {
                code.visitVarInsn(value.getOpcode(Opcodes.ILOAD), seen);
                load(code, coordinates);
                jumpIfDifferent(code, different);
            }
            loadCoordinates(code);
            if (!comparing && !update.equals("getAndSet")) {
                code.visitVarInsn(value.getOpcode(Opcodes.ILOAD), seen);
                load(code, arguments.length - 1);
                code.visitInsn(value.getOpcode(operator()));
            } else {
                load(code, arguments.length - 1);
            }
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, VAR_HANDLE, "setVolatile", accessDescriptor(true), false);
            answer(code, seen, true);
            if (comparing) {
                code.visitLabel(different);
                code.visitFrame(Opcodes.F_APPEND, 1, new Object[] {frameType()}, 0, null);
                answer(code, seen, false);
            }
            code.visitMaxs(0, 0);
            code.visitEnd();
        }

        private void answer(final MethodVisitor code, final int seen, final boolean done) {
            if (result.getSort() == Type.VOID) {
                code.visitInsn(Opcodes.RETURN);
                return;
            }
            if (update.endsWith("ompareAndSet")) {
                code.visitInsn(done ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
            } else {
                code.visitVarInsn(value.getOpcode(Opcodes.ILOAD), seen);
                if (result.getSort() >= Type.ARRAY) {
                    code.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
                }
            }
            code.visitInsn(result.getOpcode(Opcodes.IRETURN));
        }

        private void jumpIfDifferent(final MethodVisitor code, final Label target) {
            switch (value.getSort()) {
                case Type.LONG -> {
                    code.visitInsn(Opcodes.LCMP);
                    code.visitJumpInsn(Opcodes.IFNE, target);
                }
                case Type.FLOAT, Type.DOUBLE -> throw new IllegalArgumentException("not supported for " + value);
                case Type.OBJECT -> code.visitJumpInsn(Opcodes.IF_ACMPNE, target);
                default -> code.visitJumpInsn(Opcodes.IF_ICMPNE, target);
            }
        }

        private int operator() {
            return switch (update) {
                case "getAndAdd" -> Opcodes.IADD;
                case "getAndBitwiseOr" -> Opcodes.IOR;
                case "getAndBitwiseAnd" -> Opcodes.IAND;
                default -> Opcodes.IXOR;
            };
        }

        private Object frameType() {
            return switch (value.getSort()) {
                case Type.LONG -> Opcodes.LONG;
                case Type.OBJECT -> OBJECT;
                default -> Opcodes.INTEGER;
            };
        }

        private String accessDescriptor(final boolean set) {
            final StringBuilder text = new StringBuilder("(");
            for (int i = 0; i < coordinates; i++) {
                text.append(arguments[i].getDescriptor());
            }
            return set ? text.append(arguments[arguments.length - 1].getDescriptor()).append(")V").toString()
                : text.append(')').append(value.getDescriptor()).toString();
        }

        private void loadCoordinates(final MethodVisitor code) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            for (int i = 0; i < coordinates; i++) {
                load(code, i);
            }
        }

        private void load(final MethodVisitor code, final int argument) {
            code.visitVarInsn(arguments[argument].getOpcode(Opcodes.ILOAD), slot(argument));
        }

        private int slot(final int argument) {
            int slot = 1;
            for (int i = 0; i < argument; i++) {
                slot += arguments[i].getSize();
            }
            return slot;
        }
    }
}
