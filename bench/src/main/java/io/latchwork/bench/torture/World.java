// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What there is in a round to be called: one runtime with maps of every kind, programs, and timers without a map. */
final class World {
    static final int LOOSE_TIMERS = 3;
    private static final int KEYS = 5;
    private static final int ROOM = 64;
    private static final ClockId[] CLOCKS = ClockId.values();

    private final AsyncRuntime rt;
    private final Caller caller;
    private final Interrupts interrupts;
    private final int bases;
    private final int horizonNs;
    private final List<Place> places = new ArrayList<>();
    private final List<List<? extends Spot<?>>> maps = new ArrayList<>();
    private final List<Spot<?>> spots = new ArrayList<>();
    private final List<BpfMap<InterruptedKey, Value>> hashes = new ArrayList<>();
    private final AtomicReferenceArray<LooseTimer> loose = new AtomicReferenceArray<>(LOOSE_TIMERS);
    private final AtomicReference<Program> program = new AtomicReference<>();
    private final Containers containers;
    private Actions actions;

    /**
     * Makes it all.
     *
     * @param rt a fresh runtime
     * @param plan what kind of round it is
     * @param caller who makes the calls
     * @param interrupts what comes in the keys
     * @param scarce whether maps and quotas are small
     */
    World(AsyncRuntime rt, RoundPlan plan, Caller caller, Interrupts interrupts, boolean scarce) {
        this.rt = rt;
        this.caller = caller;
        this.interrupts = interrupts;
        this.bases = plan.bases();
        this.horizonNs = plan.clock().horizonNs;
        program.set(caller.load(rt));
        addHash(rt.hashMap("hash", scarce ? KEYS - 2 : ROOM), Place.Ends.BY_CALL);
        addHash(scarce ? rt.hashMap("narrow", KEYS, 2) : rt.hashMap("wide", ROOM), Place.Ends.BY_CALL);
        addHash(rt.growingHashMap("growing", 1 << 12), Place.Ends.BY_CALL);
        addHash(rt.lruHashMap("lru", KEYS - 2), Place.Ends.BY_EVICTION);
        BpfArrayMap<Value> array = rt.arrayMap("array", KEYS);
        List<Spot<Integer>> own = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            own.add(spot(array, i, Place.Ends.BY_CALL, CLOCKS[i % CLOCKS.length]));
        }
        maps.add(own);
        spots.addAll(own);
        this.containers = new Containers(rt, caller, this);
    }

    private void addHash(BpfMap<InterruptedKey, Value> map, Place.Ends ends) {
        List<Spot<InterruptedKey>> own = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            own.add(spot(map, new InterruptedKey(i, interrupts), ends, CLOCKS[i % CLOCKS.length]));
        }
        maps.add(own);
        spots.addAll(own);
        hashes.add(map);
    }

    /** Makes a new pair of places. */
    <K> Spot<K> spot(BpfMap<K, Value> map, K key, Place.Ends ends, ClockId clock) {
        synchronized (places) {
            Place timer = new Place(places.size(), "timer of " + map.name() + " " + key + " on " + clock, ends, maps.size());
            places.add(timer);
            Place work = new Place(places.size(), "work of " + map.name() + " " + key, ends, maps.size());
            places.add(work);
            return new Spot<>(map, key, timer, work, clock);
        }
    }

    private Place looseTimerPlace(ClockId clock) {
        synchronized (places) {
            int id = places.size();
            Place place = new Place(id, "timer " + id + " without a map on " + clock, Place.Ends.BY_CALL, -1);
            places.add(place);
            return place;
        }
    }

    List<Place> places() {
        synchronized (places) {
            return List.copyOf(places);
        }
    }

    /** Sets who acts on this; before anybody does. */
    void actions(Actions by) {
        actions = by;
    }

    AsyncRuntime runtime() {
        return rt;
    }

    Caller caller() {
        return caller;
    }

    Containers containers() {
        return containers;
    }

    int horizonNs() {
        return horizonNs;
    }

    InterruptedKey key(int id) {
        return new InterruptedKey(id, interrupts);
    }

    Spot<?> spot(SplittableRandom random) {
        return spots.get(random.nextInt(spots.size()));
    }

    /** One of the maps with interrupted keys, which may be put into outer maps. */
    BpfMap<InterruptedKey, Value> hash(SplittableRandom random) {
        return hashes.get(random.nextInt(hashes.size()));
    }

    // ------------------------------------------------------------------------------------------------ programs

    Program program() {
        return program.get();
    }

    /** Replaces the program, or binds the thread to a base. */
    void program(SplittableRandom random) {
        if (random.nextInt(3) > 0) {
            caller.watched(Call.BIND_THREAD, () -> rt.bindThread(random.nextInt(bases + 1) - 1));
        } else {
            Program next = caller.load(rt);
            caller.release(program.getAndSet(next));
        }
    }

    // ------------------------------------------------------------------------------------------------ timers without a map

    LooseTimer loose(int which) {
        return loose.get(which);
    }

    /** Makes a new timer in place of the old one, which is closed. */
    void replaceLoose(int which, SplittableRandom random) {
        ClockId on = CLOCKS[random.nextInt(CLOCKS.length)];
        LooseTimer made = caller.newTimer(rt, looseTimerPlace(on), program(), on);
        if (made != null) {
            LooseTimer old = loose.getAndSet(which, made);
            if (old != null) {
                caller.close(old);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ looking on

    /** Goes over a map, lists its timers, or reads the books. */
    void look(SplittableRandom random) {
        List<? extends Spot<?>> some = maps.get(random.nextInt(maps.size()));
        switch (random.nextInt(4)) {
            case 0 -> caller.watched(Call.ARMED, () -> {
                some.get(0).map().timers().armed();
                return Status.OK;
            });
            case 1 -> caller.watched(Call.AUDIT, () -> {
                rt.audit();
                return Status.OK;
            });
            default -> forEach(some, random);
        }
    }

    @SuppressWarnings("unchecked") // the spots of one map have one type of key
    private <K> void forEach(List<? extends Spot<?>> some, SplittableRandom random) {
        List<Spot<K>> own = (List<Spot<K>>) some;
        actions.forEach(own.get(0).map(), own, random);
    }

    /** Which timers are armed still, for a report. */
    String armed() {
        StringBuilder text = new StringBuilder();
        for (List<? extends Spot<?>> each : maps) {
            BpfMap<?, Value> map = each.get(0).map();
            map.timers().armed().forEach(timer -> text.append(' ').append(map.name()).append(' ').append(timer));
        }
        return text.toString();
    }
}
