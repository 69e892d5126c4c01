// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;

/**
 * No wake-up of a parked worker is lost. The checker lets {@code LockSupport.park} return for no reason, which would
 * hide a lost wake-up, so the worker sleeps on a monitor here and never times out.
 */
public class HybridIdleLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);

    /** Sleeps until woken, whatever the time. */
    private static final class WaitParker implements Parker {
        private boolean permit;

        @Override
        public synchronized void park(final long ns) {
            while (!permit) {
                try {
                    wait();
                } catch (final InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            permit = false;
        }

        @Override
        public synchronized void unpark() {
            permit = true;
            notifyAll();
        }
    }

    private static final class Count extends IrqWork {
        private final int[] runs;

        Count(final int[] runs) {
            this.runs = runs;
        }

        @Override
        protected void run() {
            CELL.getAndAdd(runs, 0, 1);
        }
    }

    @Test
    void aRaisedWorkerWakes() {
        LincheckSizes.holds(() -> {
            final int[] runs = new int[1];
            final IrqWork work = new Count(runs);
            final HybridIdle idle = new HybridIdle(0, 0, Long.MAX_VALUE, () -> 0, new WaitParker());
            final IrqWorkQueue queue = new IrqWorkQueue(idle, (item, error) -> { });
            idle.bind(queue::isEmpty, () -> Long.MAX_VALUE);
            LincheckSizes.parallel(
                () -> queue.queue(work),
                () -> {
                    while ((int) CELL.getVolatile(runs, 0) == 0) {
                        idle.idle(queue.run());
                    }
                });
        });
    }

    @Test
    void aWorkerIsWokenByTheSecondOfTwoItemsToo() {
        LincheckSizes.holds(() -> {
            final int[] runs = new int[1];
            final IrqWork one = new Count(runs);
            final IrqWork two = new Count(runs);
            final HybridIdle idle = new HybridIdle(0, 0, Long.MAX_VALUE, () -> 0, new WaitParker());
            final IrqWorkQueue queue = new IrqWorkQueue(idle, (item, error) -> { });
            idle.bind(queue::isEmpty, () -> Long.MAX_VALUE);
            LincheckSizes.parallel(
                () -> queue.queue(one),
                () -> queue.queue(two),
                () -> {
                    while ((int) CELL.getVolatile(runs, 0) < 2) {
                        idle.idle(queue.run());
                    }
                });
        });
    }

    @Test
    void aThreadParkerMayWakeForNoReason() {
        LincheckSizes.holds(() -> {
            final int[] runs = new int[1];
            final IrqWork work = new Count(runs);
            final HybridIdle idle = new HybridIdle(0, 0, Long.MAX_VALUE, () -> 0);
            final IrqWorkQueue queue = new IrqWorkQueue(idle, (item, error) -> { });
            idle.bind(queue::isEmpty, () -> Long.MAX_VALUE);
            LincheckSizes.parallel(
                () -> queue.queue(work),
                () -> {
                    while ((int) CELL.getVolatile(runs, 0) == 0) {
                        idle.idle(queue.run());
                    }
                });
        });
    }

    @Test
    void mutantThatLooksBeforeItSaysParkedIsCaught() {
        LincheckSizes.scenarioCaught(() -> {
            final int[] parked = new int[1];
            final int[] runs = new int[1];
            final IrqWork work = new Count(runs);
            final WaitParker parker = new WaitParker();
            final IrqWorkQueue queue = new IrqWorkQueue(() -> {
                if (CELL.compareAndSet(parked, 0, 1, 0)) {
                    parker.unpark();
                }
            }, (item, error) -> { });
            LincheckSizes.parallel(
                () -> queue.queue(work),
                () -> {
                    while ((int) CELL.getVolatile(runs, 0) == 0) {
                        queue.run();
                        if (queue.isEmpty() && (int) CELL.getVolatile(runs, 0) == 0) {
                            CELL.setVolatile(parked, 0, 1);
                            parker.park(Long.MAX_VALUE);
                        }
                    }
                });
        }, LincheckSizes.HUNG);
    }
}
