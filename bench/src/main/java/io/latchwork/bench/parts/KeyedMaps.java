// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.Object2ObjectHashMap;
import org.jctools.maps.NonBlockingHashMap;

/** Maps, by name. */
public final class KeyedMaps {
    private KeyedMaps() {
    }

    /**
     * Makes one.
     *
     * @param name {@code bpf-hash}; {@code chm} for the JDK's concurrent hash map; {@code jctools}; or {@code agrona}, which is
     *     for one thread
     * @param entries how many keys it is for
     * @return the map
     */
    public static KeyedMap of(final String name, final int entries) {
        return switch (name) {
            case "bpf-hash" -> new Elements(entries);
            case "chm" -> new Plain(new ConcurrentHashMap<>(entries));
            case "jctools" -> new Plain(new NonBlockingHashMap<>(entries));
            case "agrona" -> new Plain(new Object2ObjectHashMap<>());
            default -> throw new IllegalArgumentException("no map " + name);
        };
    }

    private static final class Elements implements KeyedMap {
        private final AsyncRuntime runtime = AsyncRuntime.builder().launch();
        private final BpfHashMap<Integer, Object> map;

        Elements(final int entries) {
            map = runtime.hashMap("entries", entries, 0);
        }

        @Override
        public Client client() {
            return new Handle(map, map.handle());
        }

        private record Handle(BpfHashMap<Integer, Object> map, MapElement<Integer, Object> handle) implements Client {
            @Override
            public Object get(final Integer key) {
                return map.lookup(key, handle) == Status.OK ? handle.value() : null;
            }

            @Override
            public void put(final Integer key, final Object value) {
                if (map.update(key, value) != Status.OK) {
                    throw new IllegalStateException("the map is full");
                }
            }

            @Override
            public void remove(final Integer key) {
                map.delete(key);
            }
        }

        @Override
        public void close() {
            map.close();
            runtime.close();
        }
    }

    private record Plain(Map<Integer, Object> map) implements KeyedMap {
        @Override
        public Client client() {
            return new Own(map);
        }

        private record Own(Map<Integer, Object> map) implements Client {
            @Override
            public Object get(final Integer key) {
                return map.get(key);
            }

            @Override
            public void put(final Integer key, final Object value) {
                map.put(key, value);
            }

            @Override
            public void remove(final Integer key) {
                map.remove(key);
            }
        }

        @Override
        public void close() {
            // nothing runs
        }
    }
}
