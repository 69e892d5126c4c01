// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suspension;

import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Suspends one client of a child again and again, at random moments and for long, and looks at the others in the second
 * half of that time. Whoever did nothing in it is given the confirmation time on top, the client still suspended: a
 * thread that only got no processor gets on then, one that waits for the suspended client does not.
 */
final class Probe {
    private static final int LONGEST_RUN_NS = 2_000_000;
    private static final long LOOK_NS = 5_000_000;
    private static final int FRAMES = 4;

    private final ChildProcess child;
    private final Tally tally;
    private final SplittableRandom random;
    private final long holdNs;
    private final long confirmNs;

    Probe(final ChildProcess child, final Tally tally, final long seed, final long holdMs, final long confirmMs) {
        this.child = child;
        this.tally = tally;
        this.random = new SplittableRandom(seed);
        holdNs = holdMs * 1_000_000;
        confirmNs = confirmMs * 1_000_000;
    }

    /** Starts a child, and probes it for as long as the caller wants. */
    static Tally run(final Subject subject, final Limits limits) throws IOException, InterruptedException {
        final Tally tally = new Tally(subject);
        final long began = System.nanoTime();
        try (ChildProcess child = ChildProcess.start(subject, limits.seed(), limits.vmOptions())) {
            final Probe probe = new Probe(child, tally, limits.seed(), limits.holdMs(), limits.confirmMs());
            Snapshot before = child.look();
            while (!child.look().stuckSince(before, -1).isEmpty()) {
                LockSupport.parkNanos(LOOK_NS); // everybody runs before anybody is suspended
            }
            do {
                probe.trial();
                limits.onTrial().run();
            } while (limits.wantsMore(tally, System.nanoTime() - began));
        }
        return tally;
    }

    private void trial() {
        final long run = random.nextInt(LONGEST_RUN_NS);
        for (final long from = System.nanoTime(); System.nanoTime() - from < run; ) {
            Thread.onSpinWait();
        }
        final int victim = random.nextInt(Child.CLIENTS);
        final ThreadReference thread = child.client(victim);
        thread.suspend();
        try {
            final Snapshot start = child.look();
            hold(holdNs / 2);
            final Snapshot middle = child.look();
            hold(holdNs - holdNs / 2);
            final Snapshot end = child.look();
            final long calls = end.callsSince(start, victim);
            final long fired = end.fired() - start.fired();
            final long late = end.late() - start.late();
            final boolean slow = !end.stuckSince(middle, victim).isEmpty();
            final String stuck = slow ? confirm(middle, victim) : "";
            tally.trial(calls, fired, late);
            if (!stuck.isEmpty()) {
                tally.stalled(stuck + " stopped while " + where(thread));
            } else if (slow) {
                tally.slow();
            }
        } finally {
            thread.resume();
        }
    }

    private static void hold(final long ns) {
        final long until = System.nanoTime() + ns;
        for (long left; (left = until - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(left);
        }
    }

    /** Who is still where it was; "" if all have got on meanwhile. */
    private String confirm(final Snapshot middle, final int victim) {
        final long began = System.nanoTime();
        String stuck = child.look().stuckSince(middle, victim);
        while (!stuck.isEmpty() && System.nanoTime() - began < confirmNs) {
            LockSupport.parkNanos(LOOK_NS);
            stuck = child.look().stuckSince(middle, victim);
        }
        return stuck;
    }

    private static String where(final ThreadReference thread) {
        final StringBuilder text = new StringBuilder(thread.name()).append(" was suspended");
        try {
            final List<StackFrame> frames = thread.frames();
            for (int i = 0; i < Math.min(FRAMES, frames.size()); i++) {
                final Location at = frames.get(i).location();
                final String type = at.declaringType().name();
                text.append(" at ").append(type.substring(type.lastIndexOf('.') + 1)).append('.').append(at.method().name())
                    .append(':').append(at.lineNumber());
            }
        } catch (final IncompatibleThreadStateException e) {
            text.append(" somewhere");
        }
        return text.toString();
    }
}
