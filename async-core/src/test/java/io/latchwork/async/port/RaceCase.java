// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * What the lifetime races share: a race is run {@code latchwork.port.repeat} times, each on a runtime of its own that
 * is closed and checked. A run that hangs is found by {@link Crew}; the time limit here is for the whole row.
 */
@Timeout(value = 24, unit = TimeUnit.HOURS)
abstract class RaceCase extends PortCase {
    /** One run. */
    interface Run {
        void run() throws Exception;
    }

    /** Runs a race as often as it is to be repeated. The run opens a runtime; it is closed and checked here. */
    final void repeat(Run run) throws Exception {
        int times = Knobs.repeat();
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            try {
                run.run();
            } catch (Throwable e) {
                throw new AssertionError("run " + i + " of " + times, e);
            }
            closeAndCheck();
        }
        long tookUs = (System.nanoTime() - begin) / US;
        System.out.println(number() + " " + times + " runs, " + tookUs / times + " us each");
    }

    /** Binds the calling thread to a base, where bases can be asked for. */
    final void bind(int base) {
        if (has(Feature.PIN)) {
            assertAnswer(EnumSet.of(Status.OK), rt.bindThread(base), "bindThread");
        }
    }
}
