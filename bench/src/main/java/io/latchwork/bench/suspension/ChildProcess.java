// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.Field;
import com.sun.jdi.LongValue;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import io.latchwork.bench.stress.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child JVM with its debugger attached. Only here, and in {@link Probe}, are classes of jdk.jdi used. */
final class ChildProcess implements AutoCloseable {
    private static final String LISTENER = "com.sun.jdi.SocketListen";
    private static final String START_LIMIT_MS = "60000";
    private static final long START_LIMIT_NS = 60_000_000_000L;

    private final Process process;
    private final VirtualMachine vm;
    private ReferenceType type;
    private final List<ObjectReference> calls = new ArrayList<>();
    private final List<ThreadReference> clients = new ArrayList<>();

    private ChildProcess(final Process process, final VirtualMachine vm) {
        this.process = process;
        this.vm = vm;
    }

    /** Starts a child and waits until its load runs. */
    static ChildProcess start(final Subject subject, final long seed, final List<String> vmOptions)
        throws IOException, InterruptedException {
        final ListeningConnector listener = Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(connector -> connector.name().equals(LISTENER)).findFirst()
            .orElseThrow(() -> new IOException("no connector " + LISTENER));
        final Map<String, Connector.Argument> args = listener.defaultArguments();
        args.get("localAddress").setValue("127.0.0.1");
        args.get("port").setValue("0");
        args.get("timeout").setValue(START_LIMIT_MS);
        try {
            final String address = listener.startListening(args);
            final Process process = launch(subject, seed, vmOptions, address.substring(address.lastIndexOf(':') + 1));
            try {
                final ChildProcess child = new ChildProcess(process, listener.accept(args));
                child.awaitLoad();
                return child;
            } catch (final IOException | RuntimeException | InterruptedException e) {
                process.destroyForcibly();
                throw e;
            } finally {
                listener.stopListening(args);
            }
        } catch (final IllegalConnectorArgumentsException e) {
            throw new IOException(e);
        }
    }

    private static Process launch(final Subject subject, final long seed, final List<String> vmOptions, final String port)
        throws IOException {
        final List<String> command = ChildJvm.command(vmOptions);
        command.add("-agentlib:jdwp=transport=dt_socket,server=n,suspend=n,address=127.0.0.1:" + port);
        command.addAll(List.of("-cp", ChildJvm.classPath(), Child.class.getName()));
        command.add(subject.name());
        command.add(Long.toString(seed));
        return new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    }

    private void awaitLoad() throws IOException, InterruptedException {
        final long began = System.nanoTime();
        while (!findLoad()) {
            if (!process.isAlive()) {
                throw new IOException("the child ended with " + process.exitValue());
            }
            if (System.nanoTime() - began > START_LIMIT_NS) {
                throw new IOException("the child does not come up");
            }
            Thread.sleep(10);
        }
    }

    private boolean findLoad() {
        type = vm.classesByName(Child.class.getName()).stream().findFirst().orElse(null);
        if (type == null || !type.isPrepared()) {
            return false;
        }
        final ArrayReference array = (ArrayReference) type.getValue(type.fieldByName("calls"));
        if (array == null) {
            return false;
        }
        array.getValues().forEach(counter -> calls.add((ObjectReference) counter));
        for (int i = 0; i < Child.CLIENTS; i++) {
            clients.add(thread(Child.CLIENT + i));
        }
        return true;
    }

    private ThreadReference thread(final String name) {
        return vm.allThreads().stream().filter(thread -> thread.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalStateException("no thread " + name));
    }

    ThreadReference client(final int number) {
        return clients.get(number);
    }

    /** What the child has done so far. */
    Snapshot look() {
        final long[] done = new long[calls.size()];
        for (int i = 0; i < done.length; i++) {
            done[i] = value(calls.get(i));
        }
        return new Snapshot(done, counter("fired"), counter("late"));
    }

    private long counter(final String field) {
        return value((ObjectReference) type.getValue(type.fieldByName(field)));
    }

    private static long value(final ObjectReference counter) {
        final Field value = counter.referenceType().fieldByName("value");
        return ((LongValue) counter.getValue(value)).value();
    }

    @Override
    public void close() {
        try {
            vm.exit(0);
        } catch (final VMDisconnectedException e) {
            // it has ended already
        }
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
