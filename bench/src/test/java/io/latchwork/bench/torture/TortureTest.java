// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.Audit;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short soak of the runtime as it is, and of runtimes with a bug, which must be named. */
@Timeout(120)
class TortureTest {
    private static final int EVENTS = 1 << 13;
    private static final int THREADS = 3;
    private static final int ONE_IN = 50;

    private final ByteArrayOutputStream report = new ByteArrayOutputStream();

    private List<Violation> soak(Api api, int seconds, Set<Fault> faults, long hangMs) {
        TortureOptions options = new TortureOptions(seconds, System.nanoTime(), faults, THREADS, 200, hangMs, EVENTS);
        List<Violation> found = new Torture(options, api, new PrintStream(report, true, StandardCharsets.UTF_8)).soak();
        System.out.println("TortureTest seed " + options.seed());
        return found;
    }

    private String report() {
        return report.toString(StandardCharsets.UTF_8);
    }

    private void finds(Invariant invariant, Api broken) {
        List<Violation> found = soak(broken, 30, EnumSet.noneOf(Fault.class), TortureOptions.DEFAULT_HANG_MS);
        assertTrue(found.stream().anyMatch(violation -> violation.invariant() == invariant), this::report);
        assertTrue(report().contains("@failure " + invariant) && report().contains("@result torture-" + invariant + " failed"));
    }

    @Test
    void nothingIsWrongWithFaults() {
        assertEquals(List.of(), soak(new Api(), 2, EnumSet.allOf(Fault.class), TortureOptions.DEFAULT_HANG_MS), this::report);
        System.out.println(report());
    }

    @Test
    void nothingIsWrongWithoutFaults() {
        assertEquals(List.of(), soak(new Api(), 1, EnumSet.noneOf(Fault.class), TortureOptions.DEFAULT_HANG_MS), this::report);
        assertTrue(report().contains("faults: none"));
    }

    // ------------------------------------------------------------------------------------------------ runtimes with a bug

    @Test
    void cancelThatDoesNotCancel() {
        finds(Invariant.I1, new Api() {
            @Override
            Status cancelAsync(BpfTimer<?, ?> timer) {
                Status answer = timer.cancelAsync();
                if (answer == Status.CANCELLED) {
                    timer.start(0, 0);
                }
                return answer;
            }
        });
    }

    @Test
    void timerThatFiresTwice() {
        finds(Invariant.I2, new Api() {
            private final AtomicInteger calls = new AtomicInteger();

            @Override
            <K, V> Status setCallback(BpfTimer<K, V> timer, BpfProg program, TimerCallback<K, V> callback) {
                return timer.setCallback(program, (map, key, value) -> {
                    callback.expired(map, key, value);
                    if (calls.incrementAndGet() % ONE_IN == 0) {
                        callback.expired(map, key, value);
                    }
                });
            }
        });
    }

    @Test
    void timerThatFiresEarly() {
        finds(Invariant.I2, new Api() {
            @Override
            Status start(BpfTimer<?, ?> timer, long nsec, int flags) {
                return timer.start(flags == 0 ? nsec / 2 : nsec, flags);
            }
        });
    }

    @Test
    void deleteThatDoesNotDelete() {
        finds(Invariant.I3, new Api() {
            @Override
            <K, V> Status delete(BpfMap<K, V> map, K key) {
                return map.lookup(key) == null ? Status.ENOENT : Status.OK;
            }
        });
    }

    @Test
    void programThatIsUnloadedTwice() {
        finds(Invariant.I4, new Api() {
            @Override
            BpfProg load(AsyncRuntime rt, String name, Runnable onUnload) {
                return rt.loadProgram(name, () -> {
                    onUnload.run();
                    onUnload.run();
                });
            }
        });
    }

    @Test
    void booksThatAreNotClean() {
        finds(Invariant.I5, new Api() {
            @Override
            Audit audit(AsyncRuntime rt) {
                Audit seen = rt.audit();
                return new Audit(seen.closed(), seen.maps(), seen.pins(), seen.programs(), seen.elements(), seen.blocks() + 1,
                    seen.armedTimers(), seen.pendingWorks(), seen.poolsFull(), seen.threads(), seen.callbackErrors(),
                    seen.slowCallbacks(), seen.stillArmed());
            }
        });
    }

    @Test
    void callThatHangs() {
        CountDownLatch end = new CountDownLatch(1);
        List<Violation> found = soak(new Api() {
            private final AtomicInteger calls = new AtomicInteger();

            @Override
            Status start(BpfTimer<?, ?> timer, long nsec, int flags) {
                if (calls.incrementAndGet() == ONE_IN) {
                    await(end);
                }
                return timer.start(nsec, flags);
            }
        }, 30, EnumSet.noneOf(Fault.class), 500);
        end.countDown();
        assertTrue(found.stream().anyMatch(violation -> violation.invariant() == Invariant.I6
            && violation.what().contains("START")), this::report);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void startThatIsLost() {
        finds(Invariant.I7, new Api() {
            private final AtomicInteger calls = new AtomicInteger();

            @Override
            Status start(BpfTimer<?, ?> timer, long nsec, int flags) {
                Status answer = timer.start(nsec, flags);
                if (answer == Status.OK && calls.incrementAndGet() % ONE_IN == 0) {
                    timer.cancelAsync();
                }
                return answer;
            }
        });
    }

    // ------------------------------------------------------------------------------------------------ the command

    private int run(String... args) {
        return Torture.run(new PrintStream(report, true, StandardCharsets.UTF_8), args);
    }

    @Test
    void commandSaysHowToRepeatIt() {
        assertEquals(0, run("--seconds", "1", "--seed", "17", "--threads", "2", "--faults", "throw,clock", "--round-ms", "300"),
            this::report);
        assertTrue(report().contains("--seed 17 --threads 2 --round-ms 300 --faults throw,clock"), this::report);
        assertTrue(report().contains("@progress 1 1 seconds"), this::report);
        assertTrue(report().contains("@result torture-I1 passed"), this::report);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(2, run("--speed", "9"));
        assertEquals(2, run("--seconds", "soon"));
        assertEquals(2, run("--seconds"));
        assertEquals(2, run("--faults", "throw,rain"));
        String[] lines = report().split("\n");
        assertTrue(lines[0].contains("'--speed'"), this::report);
        assertTrue(lines[1].contains("--seconds: 'soon'"), this::report);
        assertTrue(lines[2].contains("--seconds: ''"), this::report);
        assertTrue(lines[3].contains("'rain'"), this::report);
    }
}
