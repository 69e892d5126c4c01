// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what a command prints, for the length of each test. */
public final class Console implements BeforeEachCallback, AfterEachCallback {
    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Override
    public void beforeEach(final ExtensionContext context) {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        System.setOut(stdout);
        System.setErr(stderr);
    }

    /** What was printed since the test began, or since the last {@link #clear()}. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What was printed as errors since the test began. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Forgets what was printed, errors excepted. */
    public void clear() {
        out.reset();
    }
}
