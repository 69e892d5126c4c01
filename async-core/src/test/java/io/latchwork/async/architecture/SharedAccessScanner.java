// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds every access to shared state of a module in its bytecode: VarHandle calls, fences, and direct accesses to a field
 * that has a VarHandle. The comment is read from the source line that the bytecode names.
 */
final class SharedAccessScanner {
    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";

    private final String module;
    private final Path classes;
    private final Path sources;
    private final Set<String> sharedFields = new HashSet<>();
    private final List<SharedAccess> found = new ArrayList<>();

    private SharedAccessScanner(Path root, String module) {
        this.module = module;
        this.classes = root.resolve(module).resolve("target/classes");
        this.sources = root.resolve(module).resolve("src/main/java");
    }

    static List<SharedAccess> scan(Path root, String module) {
        SharedAccessScanner scanner = new SharedAccessScanner(root, module);
        List<byte[]> all = scanner.classFiles();
        all.forEach(scanner::collectSharedFields);
        all.forEach(scanner::collectAccesses);
        Collections.sort(scanner.found);
        return scanner.found;
    }

    private List<byte[]> classFiles() {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(f -> f.toString().endsWith(".class") && !f.endsWith("module-info.class"))
                .map(SharedAccessScanner::bytes).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A field is shared when the class initialiser makes a handle by its name. */
    private void collectSharedFields(byte[] classFile) {
        Set<String> declared = new HashSet<>();
        new ClassReader(classFile).accept(new ClassVisitor(Opcodes.ASM9) {
            private String self;

            @Override
            public void visit(int version, int access, String name, String sig, String parent, String[] interfaces) {
                self = name;
            }

            @Override
            public FieldVisitor visitField(int access, String name, String descriptor, String sig, Object value) {
                if ((access & (Opcodes.ACC_FINAL | Opcodes.ACC_STATIC)) == 0) {
                    declared.add(name);
                }
                return null;
            }

            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String sig, String[] ex) {
                if (!name.equals("<clinit>")) {
                    return null;
                }
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitLdcInsn(Object constant) {
                        if (declared.contains(constant)) {
                            sharedFields.add(self + "." + constant);
                        }
                    }
                };
            }
        }, ClassReader.SKIP_FRAMES);
    }

    private void collectAccesses(byte[] classFile) {
        new ClassReader(classFile).accept(new ClassVisitor(Opcodes.ASM9) {
            private String self;
            private SourceComments comments;

            @Override
            public void visit(int version, int access, String name, String sig, String parent, String[] interfaces) {
                self = name;
            }

            @Override
            public void visitSource(String source, String debug) {
                comments = new SourceComments(sources.resolve(self.substring(0, self.lastIndexOf('/') + 1) + source));
            }

            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String sig, String[] ex) {
                return name.equals("<clinit>") ? null : new AccessVisitor(self, name, comments);
            }
        }, ClassReader.SKIP_FRAMES);
    }

    private final class AccessVisitor extends MethodVisitor {
        private final String self;
        private final String method;
        private final SourceComments comments;
        private final Deque<String> handles = new ArrayDeque<>();
        private int line;

        AccessVisitor(String self, String method, SourceComments comments) {
            super(Opcodes.ASM9);
            this.self = self;
            this.method = method;
            this.comments = comments;
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (descriptor.equals("L" + VAR_HANDLE + ";")) {
                handles.push(name);
            } else if (!method.equals("<init>") && sharedFields.contains(owner + "." + name)) {
                add(name, opcode == Opcodes.PUTFIELD ? "direct write" : "direct read");
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean itf) {
            if (owner.equals(VAR_HANDLE)) {
                add(opcode == Opcodes.INVOKESTATIC ? "fence" : handles.pop(), name);
            }
        }

        private void add(String field, String mode) {
            String simple = self.substring(self.lastIndexOf('/') + 1).replace('$', '.');
            found.add(new SharedAccess(module, simple + "." + method, field, mode, comments.file(), line,
                comments.at(line)));
        }
    }
}
