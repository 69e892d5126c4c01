// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * Random calls of every kind on every kind of map from three threads, while clocks step, programs are replaced, maps are made,
 * pinned and released, and at the end, or in the middle of it all, the runtime is closed. No call may hang, throw or answer what
 * its contract does not name; and afterwards the books are clean: nothing leaks, every program unloaded once.
 */
@Timeout(120)
class EverythingTest {
    private static final int THREADS = 3;
    private static final int STEPS = Integer.getInteger("latchwork.everything.steps", 20_000);
    private static final int BASES = 2;
    private static final int KEYS = 12;
    private static final Set<Status> EXPECTED = EnumSet.complementOf(EnumSet.of(Status.EDEADLK));

    private final ManualClock clock = new ManualClock();
    private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
    private final AtomicLong loaded = new AtomicLong();
    private final AtomicLong unloaded = new AtomicLong();
    private final AtomicLong callbacks = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final long seed = Long.getLong("latchwork.everything.seed", System.nanoTime());

    private AsyncRuntime rt;
    private volatile BpfProg prog;
    private final List<BpfMap<Integer, String>> maps = new ArrayList<>();
    private BpfArrayOfMaps<Integer, String> outerArray;
    private BpfHashOfMaps<Integer, Integer, String> outerHash;

    private void open() {
        rt = AsyncRuntime.builder().clock(clock).bases(BASES).kworkers(2).maxTimers(60)
            .errorHandler((program, map, error) -> {
                if (!"on purpose".equals(error.getMessage())) {
                    problems.add(error);
                }
            }).launch();
        prog = load();
        maps.add(rt.hashMap("hash", 8));
        maps.add(rt.hashMap("narrow", 8, 3));
        maps.add(rt.growingHashMap("growing", 1 << 20));
        maps.add(rt.lruHashMap("lru", 5));
        maps.add(rt.arrayMap("array", KEYS));
        outerArray = rt.arrayOfMaps("outer array", 3);
        outerHash = rt.hashOfMaps("outer hash", 3);
    }

    private BpfProg load() {
        BpfProg next = rt.loadProgram("p", unloaded::incrementAndGet);
        loaded.incrementAndGet();
        return next;
    }

    private void expected(Status status) {
        assertTrue(EXPECTED.contains(status), status.name());
    }

    private void onTimer(BpfMap<Integer, String> map, Integer key, String value) {
        long n = callbacks.incrementAndGet();
        switch ((int) (n % 7)) {
            case 0 -> expected(map.delete(key));
            case 1 -> expected(map.update(key, "again"));
            case 2 -> expected(map.timers().start(key, n % 50, 0));
            case 3 -> throw new IllegalStateException("on purpose");
            case 4 -> expected(map.timers().cancelAsync(key));
            default -> {
            }
        }
    }

    private void onWork(BpfMap<Integer, String> map, Integer key, String value) {
        long n = callbacks.incrementAndGet();
        MapElement<Integer, String> element = map.lookup(key);
        if (element == null) {
            return;
        }
        switch ((int) (n % 5)) {
            case 0 -> expected(element.wq().start());
            case 1 -> expected(element.timer().cancel());
            case 2 -> throw new IllegalStateException("on purpose");
            case 3 -> expected(element.wq().cancelAsync());
            default -> {
            }
        }
    }

    private void step(Random random) {
        BpfMap<Integer, String> map = maps.get(random.nextInt(maps.size()));
        int key = random.nextInt(KEYS);
        boolean nmi = random.nextInt(8) == 0;
        if (nmi) {
            rt.nmiEnter();
        }
        try {
            switch (random.nextInt(12)) {
                case 0, 1 -> expected(map.update(key, "v"));
                case 2 -> expected(map.delete(key));
                case 3 -> map.forEach(map.handle(), element -> expected(element.timer().cancelAsync()));
                case 4 -> container(random, map);
                case 5 -> program(random);
                default -> element(random, map, key);
            }
        } finally {
            if (nmi) {
                rt.nmiExit();
            }
        }
    }

    private void element(Random random, BpfMap<Integer, String> map, int key) {
        MapElement<Integer, String> element = map.lookup(key);
        if (element == null) {
            return;
        }
        BpfTimer<Integer, String> timer = element.timer();
        BpfWq<Integer, String> wq = element.wq();
        switch (random.nextInt(10)) {
            case 0 -> expected(timer.init(map, ClockId.values()[random.nextInt(3)]));
            case 1 -> expected(timer.setCallback(prog, this::onTimer));
            case 2, 3 -> expected(timer.start(random.nextInt(100), random.nextInt(4)));
            case 4 -> expected(timer.cancelAsync());
            case 5 -> expected(timer.cancel());
            case 6 -> expected(wq.init(map));
            case 7 -> expected(wq.setCallback(prog, this::onWork));
            case 8 -> expected(wq.start());
            default -> expected(random.nextBoolean() ? wq.cancelAsync() : wq.cancel());
        }
    }

    private void container(Random random, BpfMap<Integer, String> map) {
        int place = random.nextInt(4);
        String path = "/" + random.nextInt(3);
        switch (random.nextInt(9)) {
            case 0 -> expected(outerArray.update(place, map));
            case 1 -> expected(outerHash.update(place, map));
            case 2 -> expected(outerArray.delete(place));
            case 3 -> expected(outerHash.delete(place));
            case 4 -> expected(rt.pin(path, map));
            case 5 -> expected(rt.unpin(path));
            case 6 -> {
                BpfContainer pinned = rt.openPinned(path);
                if (pinned != null) {
                    expected(pinned.release());
                }
            }
            case 7 -> {
                BpfMap<Integer, String> inner = outerHash.lookup(place);
                if (inner != null && inner.open() == Status.OK) {
                    expected(inner.update(1, "inner"));
                    expected(inner.release());
                }
            }
            default -> shortLived(random);
        }
    }

    /** A map that only an outer map or a name may keep. */
    private void shortLived(Random random) {
        BpfHashMap<Integer, String> map = rt.hashMap("short", 4);
        expected(map.update(1, "v"));
        MapElement<Integer, String> element = map.lookup(1);
        if (element != null) {
            expected(element.timer().init(map, ClockId.MONOTONIC));
            expected(element.timer().setCallback(prog, this::onTimer));
            expected(element.timer().start(random.nextInt(200), 0));
        }
        expected(random.nextBoolean() ? outerHash.update(random.nextInt(3), map) : rt.pin("/" + random.nextInt(3), map));
        map.close();
    }

    private void program(Random random) {
        if (random.nextInt(10) == 0) {
            BpfProg old = prog;
            prog = load();
            old.close();
        } else {
            try (AsyncTimer timer = rt.newTimer(prog, expired -> expired.start(random.nextInt(9), 0))) {
                expected(timer.start(random.nextInt(20), random.nextInt(4)));
                expected(random.nextBoolean() ? timer.cancel() : timer.cancelAsync());
            } catch (StatusException refused) {
                expected(refused.status());
            }
        }
    }

    private void worker(CyclicBarrier barrier, Random random) {
        try {
            barrier.await();
            for (int i = 0; i < STEPS && !closing.get(); i++) {
                step(random);
            }
        } catch (IllegalStateException closed) {
            if (!closing.get()) {
                problems.add(closed);
            }
        } catch (Throwable e) {
            problems.add(e);
        }
    }

    /** Whatever has happened: memory comes back, and each base goes on. */
    private void aTimerStillFires() {
        for (int base = 0; base < BASES; base++) {
            expected(rt.bindThread(base));
            CountDownLatch fired = new CountDownLatch(1);
            while (fired.getCount() > 0) {
                try (AsyncTimer timer = rt.newTimer(prog, expired -> fired.countDown())) {
                    timer.start(0, 0).orThrow();
                    while (fired.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                } catch (StatusException outOfQuota) {
                    freeAll();
                }
            }
        }
    }

    private void freeAll() {
        for (BpfMap<Integer, String> map : maps) {
            for (int key = 0; key < KEYS; key++) {
                if (map.delete(key) == Status.EINVAL) {
                    expected(map.update(key, "v")); // an array
                }
            }
        }
    }

    @RepeatedTest(6)
    void nothingHangsThrowsOrLeaks() throws Exception {
        System.out.println("EverythingTest -Dlatchwork.everything.seed=" + seed);
        open();
        boolean closeInTheMiddle = (seed & 1) == 0;
        CyclicBarrier barrier = new CyclicBarrier(THREADS + 1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(seed + t);
            Thread thread = new Thread(() -> worker(barrier, random));
            threads.add(thread);
            thread.start();
        }
        barrier.await();
        Random random = new Random(seed);
        for (int i = 0; threads.stream().anyMatch(Thread::isAlive); i++) {
            clock.advance(random.nextInt(100));
            clock.stepRealTime(random.nextInt(200) - 100);
            clock.suspend(random.nextInt(10));
            if (closeInTheMiddle && i == 2_000) {
                closing.set(true);
                rt.close();
            }
            Thread.yield();
        }
        if (!closeInTheMiddle) {
            aTimerStillFires();
        }
        rt.close();
        assertEquals(List.of(), List.copyOf(problems), "seed " + seed);
        assertTrue(rt.audit().isClean(), "seed " + seed + " " + rt.audit());
        assertEquals(loaded.get(), unloaded.get(), "seed " + seed);
    }
}
