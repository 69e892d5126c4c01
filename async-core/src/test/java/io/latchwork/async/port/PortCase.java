// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.ManualClock;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.contract.Driver;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import io.latchwork.async.contract.Variant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * What every port of a kernel test starts from. After each test the runtime is closed, and nothing may be left of it: no
 * element, block, program or thread, each program unloaded once, and nothing thrown that the test did not expect.
 *
 * <p>System properties, to be given to Maven as {@code -Dname=value}:
 * <ul>
 * <li>{@code latchwork.variant}: the class of the {@link Variant} to test; default the lock-free engine.
 * <li>{@code latchwork.port.scale}: percent of each stress count that is run, default 100. The counts are the original's
 *     where those take a few seconds on two cores; else the test says how much of the original's count is run at 100.
 * <li>{@code latchwork.port.repeat}: how often each lifetime race (T19, T20, T40, T41) is run in a row, each time on a new
 *     runtime, default 1. Many runs want a small scale, and a larger {@code test.timeout.seconds}.
 * <li>{@code latchwork.port.seed}: the seed of what is random; it is printed.
 * </ul>
 */
@Timeout(120)
abstract class PortCase {
    static final long US = 1_000L;
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000_000_000L;
    static final Variant VARIANT = Knobs.variant();
    private static final long START = 5_000 * MS;

    final ManualClock clock = new ManualClock(START);
    /** What callbacks and hooks threw; a test that expects something takes it out. */
    final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, AtomicInteger> unloads = new LinkedHashMap<>();

    AsyncRuntime rt;
    Driver driver;
    BpfProg prog;

    @BeforeEach
    final void skipWhatTheVariantLacks(TestInfo test) {
        Set<Feature> missing = EnumSet.noneOf(Feature.class);
        needsOf(test.getTestClass().orElseThrow().getAnnotation(Needs.class), missing);
        needsOf(test.getTestMethod().orElseThrow().getAnnotation(Needs.class), missing);
        missing.removeAll(VARIANT.features());
        if (!missing.isEmpty()) {
            skip("refuses " + missing.iterator().next(), test);
        }
    }

    private static void needsOf(Needs needs, Set<Feature> into) {
        if (needs != null) {
            into.addAll(List.of(needs.value()));
        }
    }

    /** The number of the test, such as T07. */
    final String number() {
        return getClass().getSimpleName().substring(0, 3);
    }

    private void skip(String reason, TestInfo test) {
        String message = number() + " skipped on " + VARIANT.label() + ": " + reason;
        System.out.println(message + " [" + test.getTestMethod().orElseThrow().getName() + "]");
        Assumptions.abort(message);
    }

    /** Ends the test without a verdict, and says why. */
    final void giveUp(String reason) {
        String message = number() + " skipped on " + VARIANT.label() + ": " + reason;
        System.out.println(message);
        Assumptions.abort(message);
    }

    static boolean has(Feature feature) {
        return VARIANT.features().contains(feature);
    }

    /** One base, a clock that is moved by hand, no thread. */
    final void useDriven() {
        use(RuntimeSpec.driven(clock, this::onError));
    }

    /** Threads, and the system's clock. */
    final void useLaunched(int bases) {
        use(RuntimeSpec.launched(AsyncClock.system(), this::onError).withBases(bases));
    }

    /** Threads, and a clock that is moved by hand. */
    final void useLaunchedByHand(int bases) {
        use(RuntimeSpec.launched(clock, this::onError).withBases(bases));
    }

    final void use(RuntimeSpec spec) {
        rt = VARIANT.newRuntime(spec);
        driver = new Driver(rt);
        prog = load("prog");
    }

    /** A program whose unloading is counted. */
    final BpfProg load(String name) {
        AtomicInteger count = new AtomicInteger();
        assertEquals(null, unloads.put(name, count), "two programs of one name");
        return rt.loadProgram(name, count::incrementAndGet);
    }

    final int unloads(String name) {
        return unloads.get(name).get();
    }

    final void onError(String program, String map, Throwable error) {
        errors.add(program + "/" + map + "/" + error);
    }

    @AfterEach
    final void closeAndCheck() {
        if (rt == null) {
            return;
        }
        AsyncRuntime closing = rt;
        rt = null;
        closing.close();
        if (has(Feature.AUDIT)) {
            assertTrue(closing.audit().isClean(), () -> closing.audit().toString());
        }
        unloads.forEach((name, count) -> assertEquals(1, count.get(), "unloads of " + name));
        unloads.clear();
        assertEquals(List.of(), errors);
    }

    /** An array with a value in each place; a hash map with the same keys where the variant has no arrays. */
    final <V> BpfMap<Integer, V> array(String name, int entries, IntFunction<V> values) {
        BpfMap<Integer, V> map = has(Feature.ARRAYS) ? rt.arrayMap(name, entries) : rt.hashMap(name, entries);
        for (int i = 0; i < entries; i++) {
            assertEquals(Status.OK, map.update(i, values.apply(i)));
        }
        return map;
    }

    /** The clock of the original where the variant has it. */
    static ClockId boottime() {
        return has(Feature.CLOCKS) ? ClockId.BOOTTIME : ClockId.MONOTONIC;
    }

    /** The time on the clock of {@link #boottime}. */
    final long now() {
        return has(Feature.CLOCKS) ? rt.clock().bootNanos() : rt.clock().nanoTime();
    }

    static <K, V> MapElement<K, V> found(BpfMap<K, V> map, K key) {
        MapElement<K, V> element = map.lookup(key);
        assertNotNull(element, "key " + key);
        return element;
    }

    /** A timer that may be started. */
    final <K, V> BpfTimer<K, V> timer(BpfMap<K, V> map, K key, ClockId on, TimerCallback<K, V> callback) {
        BpfTimer<K, V> timer = found(map, key).timer();
        assertEquals(Status.OK, timer.init(map, on));
        assertEquals(Status.OK, timer.setCallback(prog, callback));
        return timer;
    }

    final <K, V> BpfTimer<K, V> timer(BpfMap<K, V> map, K key, TimerCallback<K, V> callback) {
        return timer(map, key, ClockId.MONOTONIC, callback);
    }

    /** Moves the clock and runs what became due. */
    final void advance(long ns) {
        clock.advance(ns);
        driver.drain();
    }

    static void assertAnswer(Set<Status> allowed, Status answer, String call) {
        assertTrue(allowed.contains(answer), () -> call + " answered " + answer + ", not one of " + allowed);
    }
}
