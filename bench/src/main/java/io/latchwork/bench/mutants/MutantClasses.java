// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.mutants;

import com.github.difflib.patch.PatchFailedException;
import com.github.difflib.unifieddiff.UnifiedDiff;
import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffParserException;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import io.latchwork.bench.stress.Bundle;
import io.latchwork.bench.stress.Checkout;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Makes the classes of a mutant: applies its diff to the sources that are packed with this module, and compiles them. One at a
 * time: what the compiler knows of the class path is kept from one to the next, which makes it several times as fast.
 */
final class MutantClasses implements Closeable {
    private static final List<String> OPTIONS =
        List.of("--release", "17", "-proc:none", "-implicit:none", "-nowarn", "-parameters", "-g");

    private final Bundle bundle;
    private final JavaCompiler compiler;
    private final StandardJavaFileManager files;

    /**
     * @param bundle the sources
     * @param classPath everything else
     * @throws MutantException if this JVM has no compiler
     */
    MutantClasses(final Bundle bundle, final String classPath) throws IOException, MutantException {
        this.bundle = bundle;
        this.compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new MutantException("mutants need a JDK, whose compiler they use; this is a JRE: "
                + System.getProperty("java.home"));
        }
        this.files = compiler.getStandardFileManager(null, null, null);
        files.setLocationFromPaths(StandardLocation.CLASS_PATH,
            Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList());
    }

    /**
     * Compiles what the mutant touches.
     *
     * @param directory where the classes go
     * @return the changed sources
     * @throws MutantException if the diff does not apply, changes nothing, or what it makes does not compile
     */
    List<ChangedSource> write(final Mutant mutant, final Path directory) throws IOException, MutantException {
        final List<ChangedSource> sources = new ArrayList<>();
        for (final UnifiedDiffFile file : parse(mutant).getFiles()) {
            sources.add(new ChangedSource(file.getToFile(), apply(file)));
        }
        if (sources.isEmpty()) {
            throw new MutantException("the diff changes no file");
        }
        compile(sources, directory);
        return sources;
    }

    private static UnifiedDiff parse(final Mutant mutant) throws IOException, MutantException {
        final String text = String.join("\n", mutant.diff()) + "\n";
        try {
            return UnifiedDiffReader.parseUnifiedDiff(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (final UnifiedDiffParserException e) {
            throw new MutantException("the diff cannot be read: " + e.getMessage());
        }
    }

    /** At another line too, if the library was changed elsewhere, but with all of its context. */
    private List<String> apply(final UnifiedDiffFile file) throws IOException, MutantException {
        final String name = file.getFromFile();
        if (!name.equals(file.getToFile()) || !name.endsWith(".java")) {
            throw new MutantException("not a change of one Java file: " + name + " to " + file.getToFile());
        }
        try {
            return file.getPatch().applyFuzzy(Checkout.read(bundle, name), 0);
        } catch (final NoSuchFileException e) {
            throw new MutantException("the diff does not apply: there is no file " + name);
        } catch (final PatchFailedException | IndexOutOfBoundsException e) {
            throw new MutantException("the diff does not apply to " + name + ", which has changed");
        }
    }

    private synchronized void compile(final List<ChangedSource> sources, final Path directory) throws IOException, MutantException {
        final DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(directory));
        if (!compiler.getTask(null, files, complaints, OPTIONS, null, sources).call()) {
            throw new MutantException("does not compile: " + complaints.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR).map(one -> one.getMessage(Locale.ROOT)).findFirst()
                .orElse("no reason given"));
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
