// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.Agent;

/** Runs unload hooks when no callback of the program can be running any more, and closes maps that were closed in NMI. */
final class Housekeeping implements Agent {
    private static final long RETRY_NS = 200_000;

    private final LockedBase[] bases;
    private final Queue<LockedHashMap<?, ?>> closedInNmi = new ConcurrentLinkedQueue<>();
    private final Queue<Dead> dead = new ConcurrentLinkedQueue<>();
    private volatile Thread owner;
    private volatile boolean stopped;

    Housekeeping(LockedBase[] bases) {
        this.bases = bases;
    }

    /** Takes a program without references. Any thread, no lock. */
    void unload(LockedProgram program) {
        dead.add(new Dead(program));
        LockSupport.unpark(owner);
    }

    /** Takes a map whose first user reference is to be dropped. Any thread, no lock. */
    void release(LockedHashMap<?, ?> map) {
        closedInNmi.add(map);
        LockSupport.unpark(owner);
    }

    boolean isIdle() {
        return dead.isEmpty() && closedInNmi.isEmpty();
    }

    @Override
    public String roleName() {
        return "locked-housekeeping";
    }

    @Override
    public synchronized int doWork() {
        int done = 0;
        for (LockedHashMap<?, ?> map; (map = closedInNmi.poll()) != null; done++) {
            map.release();
        }
        for (int left = dead.size(); left > 0; left--) {
            Dead next = dead.poll();
            if (next == null) {
                break;
            }
            if (next.isQuiet(bases)) {
                next.program.runUnloadHook();
                done++;
            } else {
                dead.add(next);
            }
        }
        return done;
    }

    /** What the thread of a launched runtime does: after the stop it goes on until nothing is left. */
    void runUntilStopped() {
        owner = Thread.currentThread();
        while (!stopped || !isIdle()) {
            if (doWork() == 0) {
                if (isIdle()) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, RETRY_NS);
                }
                Thread.interrupted(); // else the next park would end at once
            }
        }
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(owner);
    }

    /** A program without references, and the callbacks that were running when it was first looked at. */
    private static final class Dead {
        final LockedProgram program;
        private long[] runs;

        Dead(LockedProgram program) {
            this.program = program;
        }

        /** A callback that starts later took the base lock after us, so it can not find this program. */
        boolean isQuiet(LockedBase[] bases) {
            if (runs == null) {
                runs = new long[bases.length];
                for (int i = 0; i < runs.length; i++) {
                    runs[i] = bases[i].currentRun();
                }
            }
            for (int i = 0; i < runs.length; i++) {
                if (!bases[i].isFinished(runs[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
