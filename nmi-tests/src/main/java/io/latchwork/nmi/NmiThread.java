// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A thread on which the hooks act. The explorers start these; they are daemons, so one that is stuck ends with the
 * JVM.
 */
public final class NmiThread extends Thread {

    /** The run in progress; only this thread reads and writes it. */
    NmiRun run;

    NmiThread(final String name, final Runnable body) {
        super(null, body, name, 0, false);
        setDaemon(true);
    }

    /** Runs a body on a new NmiThread and waits for it: the report, or one that says that it did not end in time. */
    static Report runToEnd(final Options options, final Report report, final Runnable body) {
        final AtomicReference<Throwable> error = new AtomicReference<>();
        final NmiThread thread = new NmiThread("nmi-explorer", () -> {
            try {
                body.run();
            } catch (final Throwable e) {
                error.set(e);
            }
        });
        thread.start();
        try {
            thread.join(options.timeLimit().toMillis());
        } catch (final InterruptedException e) {
            throw new IllegalStateException("interrupted while exploring", e);
        }
        if (thread.isAlive()) { // the report is still being written to
            final Report late = new Report(report.what());
            late.addFailure("STUCK: not finished after " + options.timeLimit() + ", at " + Stacks.top(thread));
            return late;
        }
        if (error.get() != null) {
            throw new IllegalStateException("exploration of " + report.what() + " failed", error.get());
        }
        return report;
    }

    /** Runs a body on the current thread, which must be an NmiThread, with the hooks acting for the given run. */
    static <T> T during(final NmiRun run, final Supplier<T> body) {
        final NmiThread me = (NmiThread) Thread.currentThread();
        me.run = run;
        try {
            return body.get();
        } finally {
            me.run = null;
        }
    }
}
