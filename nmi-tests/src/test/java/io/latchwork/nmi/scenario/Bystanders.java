// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import java.util.ArrayList;
import java.util.List;

/** Timers that have nothing to do with a call that is stopped for good. A superclass of scenarios: bound as they are. */
abstract class Bystanders {

    /** One that is armed before the stop, and one that is armed behind it. */
    static final class Watch {
        private static final long BEFORE = 1_000;
        private static final long BEHIND = 500;

        private final AsyncRuntime runtime;
        private final ManualClock clock;
        private final List<String> fired = new ArrayList<>();
        private final BpfHashMap<Integer, String> map;
        private final BpfProg prog;
        private final BpfTimer<Integer, String> behind;

        Watch(final AsyncRuntime runtime, final ManualClock clock) {
            this.runtime = runtime;
            this.clock = clock;
            map = runtime.hashMap("bystanders", 2);
            prog = runtime.loadProgram("bystanders", () -> { });
            timer(0, "before").start(BEFORE, 0).orThrow();
            behind = timer(1, "behind");
        }

        private BpfTimer<Integer, String> timer(final int key, final String name) {
            map.update(key, name).orThrow();
            final BpfTimer<Integer, String> timer = map.lookup(key).timer();
            timer.init(map, ClockId.MONOTONIC).orThrow();
            timer.setCallback(prog, (inMap, ofKey, value) -> fired.add(value)).orThrow();
            return timer;
        }

        /** Lets the base run, and no grace period end: what is wrong with the timers. */
        List<String> violations() {
            final List<String> violations = new ArrayList<>();
            behind.start(BEHIND, 0).orThrow();
            expect(violations, List.of());
            clock.advance(BEHIND);
            expect(violations, List.of("behind"));
            clock.advance(BEFORE);
            expect(violations, List.of("behind", "before"));
            return violations;
        }

        private void expect(final List<String> violations, final List<String> right) {
            try {
                runtime.agents().get(0).doWork();
                runtime.agents().get(0).doWork();
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            if (!fired.equals(right)) {
                violations.add("VIOLATION: fired " + fired + ", not " + right);
            }
        }
    }
}
