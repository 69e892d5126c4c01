// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The {@code jmh} subcommand: everything after it is for JMH. */
@Command(name = "jmh", description = "Runs the micro-benchmarks; the arguments are those of JMH, -h lists them.")
public final class JmhCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments;

    /** A command with no arguments. */
    public JmhCommand() {
        // fields are set by picocli
    }

    @Override
    public Integer call() throws IOException {
        org.openjdk.jmh.Main.main(arguments == null ? new String[0] : arguments.toArray(new String[0]));
        return 0;
    }
}
