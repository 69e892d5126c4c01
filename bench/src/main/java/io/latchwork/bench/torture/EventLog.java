// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The logs of all threads of a round, and the one counter that puts them in order. */
final class EventLog {
    private final AtomicLong sequence = new AtomicLong();
    private final List<ThreadLog> logs = new CopyOnWriteArrayList<>();
    private final ThreadLocal<ThreadLog> mine = ThreadLocal.withInitial(this::add);
    private final LogMemory memory;
    private final long seed;

    EventLog(LogMemory memory, long seed) {
        this.memory = memory;
        this.seed = seed;
    }

    private synchronized ThreadLog add() {
        String name = Thread.currentThread().getName();
        int index = logs.size();
        ThreadLog log = new ThreadLog(this, index, name, memory.take(), new SplittableRandom(seed ^ name.hashCode()));
        logs.add(log);
        return log;
    }

    /** The log of the calling thread. */
    ThreadLog mine() {
        return mine.get();
    }

    long next() {
        return sequence.getAndIncrement();
    }

    List<ThreadLog> logs() {
        return logs;
    }

    boolean isNearlyFull() {
        return logs.stream().anyMatch(ThreadLog::isNearlyFull);
    }

    boolean hasOverflowed() {
        return logs.stream().anyMatch(ThreadLog::hasOverflowed);
    }

    /** Everything, in no order; when all threads have ended. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        Map<Long, Event> byReference = new HashMap<>();
        List<long[]> inside = new ArrayList<>();
        for (ThreadLog log : logs) {
            for (int at = 0; at < log.size(); at += ThreadLog.WIDTH) {
                Event event = log.event(at);
                if (event.call == Call.FIRE) {
                    byReference.put(log.referenceAt(at), event);
                } else if (log.insideAt(at) != 0) {
                    inside.add(new long[] {events.size(), log.insideAt(at)});
                }
                events.add(event);
            }
        }
        for (long[] each : inside) {
            events.get((int) each[0]).inside = byReference.get(each[1]);
        }
        return events;
    }

    /** Gives the memory back; nothing of this log may be used afterwards. */
    void giveBack() {
        logs.forEach(log -> memory.giveBack(log.data()));
    }
}
