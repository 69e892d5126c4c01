// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import io.latchwork.bench.memory.HeapMain;
import io.latchwork.bench.memory.ObjectsMain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What an armed timer costs in memory, beside the peers. */
final class MemorySuite implements Suite {
    private static final List<String> OWN = List.of("hash map", "array map", "newTimer");
    private static final List<String> PEERS = List.of("locked-spin", "jdk-remove", "jdk-forkjoin", "netty-wheel-1ms",
        "netty-executor", "kafka", "agrona-wheel");
    private static final int QUICK_OBJECTS = 10_000;
    private static final int QUICK_HEAP = 200_000;
    private static final int MANY = 1_000_000;
    private static final int MOST = 10_000_000;
    private static final int GOAL = 200;
    private static final String[] OBJECT_FLAGS = {"-Xmx5g", "-Djol.skipHotspotSAAttach=true", "-Djol.skipDynamicAttach=true",
        "-Djol.skipInstalledAttach=true", "-Djol.magicFieldOffset=true"};

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public String title() {
        return "Memory: bytes of an armed timer, beside the peers";
    }

    @Override
    public List<String> notes() {
        return List.of(
            "objects: what JOL finds reachable when all timers are armed, less what it found before the map was made, divided by "
                + "their number; then the same by class. heap: the heap in use after full collections, in the same way. The "
                + "references to key and value are in it; keys and values are the caller's own.",
            "A map's spare elements and control blocks are in it. Of the peers, the references that a client keeps in order to "
                + "cancel are in it.");
    }

    @Override
    public List<Task> tasks(final Plan plan) {
        final List<Task> tasks = new ArrayList<>();
        final int objects = plan.quick() ? QUICK_OBJECTS : MANY;
        for (final String kind : OWN) {
            tasks.add(objects(kind, objects));
        }
        final int heap = plan.quick() ? QUICK_HEAP : MANY;
        for (final String kind : OWN) {
            tasks.add(heap(kind, heap, "-Xmx2g"));
        }
        for (final String peer : PEERS) {
            final ChildTask task = heap(peer, heap, "-Xmx2g");
            tasks.add(peer.equals("jdk-forkjoin") ? task.jdk25() : task);
        }
        if (!plan.quick()) {
            for (final String kind : OWN) {
                tasks.add(heap(kind, MOST, "-Xmx6g"));
            }
        }
        return tasks;
    }

    static ChildTask objects(final String kind, final int count) {
        return ChildTask.of("objects, " + kind, ObjectsMain.class, kind, String.valueOf(count)).flags(OBJECT_FLAGS);
    }

    static ChildTask heap(final String kind, final int count, final String flag) {
        return ChildTask.of("heap, " + kind + ", " + count, HeapMain.class, kind, String.valueOf(count)).flags(flag);
    }

    @Override
    public List<Goal> goals(final List<Row> rows) {
        return OWN.stream().map(kind -> Goal.atMost("bytes of an armed timer, " + kind,
            rows.stream().filter(row -> row.what().equals(HeapMain.WHAT) && row.peer().equals(kind))
                .max(Comparator.comparingInt(Row::pending)).map(Row::value).orElse(Double.NaN), GOAL)).toList();
    }

    @Override
    public List<ChartSpec> charts(final List<Row> rows) {
        final List<Row> heaps = rows.stream().filter(row -> row.what().equals(HeapMain.WHAT) && row.pending() < MOST).toList();
        if (heaps.isEmpty()) {
            return List.of();
        }
        final List<ChartSpec.Point> points = new ArrayList<>();
        for (int i = 0; i < heaps.size(); i++) {
            points.add(new ChartSpec.Point(i, heaps.get(i).value()));
        }
        return List.of(ChartSpec.bars("timers", "Heap of an armed timer", "bytes", heaps.stream().map(Row::peer).toList())
            .with("bytes", points));
    }
}
