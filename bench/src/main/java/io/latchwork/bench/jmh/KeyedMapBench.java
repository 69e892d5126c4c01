// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.jmh;

import io.latchwork.bench.parts.KeyedMap;
import io.latchwork.bench.parts.KeyedMaps;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/** Lookup, update and delete in a map of many entries, at random. Run with {@code -t 2} for two threads on one map. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class KeyedMapBench {
    /** A benchmark; its states hold everything. */
    public KeyedMapBench() {
        // nothing to set up
    }

    /** The map. */
    @State(Scope.Benchmark)
    public static class Shared {
        private static final int SPARE = 1024;

        /** Its name. */
        @Param({"bpf-hash", "chm", "jctools", "agrona"})
        public String kind;

        /** How many entries there are. */
        @Param({"1000", "100000"})
        public int entries;

        private final Object value = new Object();
        private KeyedMap map;

        /** A state for JMH to set up. */
        public Shared() {
            // fields are set by JMH
        }

        /** Fills the map. */
        @Setup(Level.Trial)
        public void fill() {
            map = KeyedMaps.of(kind, entries + SPARE);
            final KeyedMap.Client client = map.client();
            for (int i = 0; i < entries; i++) {
                client.put(i, value);
            }
        }

        /** Stops what belongs to it. */
        @TearDown(Level.Trial)
        public void close() {
            map.close();
        }
    }

    /** The map as one thread uses it, and keys in random order. */
    @State(Scope.Thread)
    public static class Own {
        private static final int KEYS = 1 << 16;

        private final Integer[] keys = new Integer[KEYS];
        private KeyedMap.Client client;
        private Integer ownKey;
        private int next;

        /** A state for JMH to set up. */
        public Own() {
            // fields are set by JMH
        }

        /**
         * Draws keys.
         *
         * @param shared the map
         * @param threads which thread this is
         */
        @Setup(Level.Trial)
        public void draw(final Shared shared, final ThreadParams threads) {
            client = shared.map.client();
            ownKey = shared.entries + threads.getThreadIndex();
            final Random random = new Random(threads.getThreadIndex());
            Arrays.setAll(keys, i -> random.nextInt(shared.entries));
        }

        private Integer key() {
            next = next + 1 & KEYS - 1;
            return keys[next];
        }
    }

    /**
     * Look up a key that is there.
     *
     * @param own the keys
     * @return its value
     */
    @Benchmark
    public Object lookup(final Own own) {
        return own.client.get(own.key());
    }

    /**
     * Replace the value of a key that is there.
     *
     * @param own the keys
     * @param shared the value
     */
    @Benchmark
    public void update(final Own own, final Shared shared) {
        own.client.put(own.key(), shared.value);
    }

    /**
     * Insert a key of the thread's own, and delete it.
     *
     * @param own the key
     * @param shared the value
     */
    @Benchmark
    public void insertAndDelete(final Own own, final Shared shared) {
        own.client.put(own.ownKey, shared.value);
        own.client.remove(own.ownKey);
    }
}
