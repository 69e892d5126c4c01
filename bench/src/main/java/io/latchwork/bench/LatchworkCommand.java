// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench;

import io.latchwork.bench.compare.CompareCommand;
import io.latchwork.bench.stress.StressCommand;
import io.latchwork.bench.suite.BenchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code latchwork} command. */
@Command(name = "latchwork", mixinStandardHelpOptions = true, versionProvider = LatchworkCommand.Version.class,
    subcommands = {CompareCommand.class, BenchCommand.class, StressCommand.class, JmhCommand.class},
    description = "Compares timers, measures them, and checks them.")
public final class LatchworkCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** A command without subcommand, which is an error. */
    public LatchworkCommand() {
        // fields are set by picocli
    }

    /**
     * Runs the command and exits.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /**
     * Runs the command. Bad usage and bad input are told in one line on the standard error stream.
     *
     * @param args the command line
     * @return the exit code
     */
    public static int execute(String... args) {
        return new CommandLine(new LatchworkCommand())
            .setParameterExceptionHandler(LatchworkCommand::complain)
            .execute(args);
    }

    private static int complain(ParameterException e, String[] args) {
        e.getCommandLine().getErr().println("latchwork: " + e.getMessage().replaceAll("\\R+", " "));
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing; see latchwork --help");
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = LatchworkCommand.class.getPackage().getImplementationVersion();
            return new String[] {"latchwork " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
