// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.BpfArrayOfMaps;
import io.latchwork.async.BpfContainer;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfHashOfMaps;
import io.latchwork.async.BpfMap;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.SplittableRandom;

/** What is done with user references: outer maps, names, and maps that live only as long as these hold them. */
final class Containers {
    private static final int PLACES = 3;

    private final AsyncRuntime rt;
    private final Caller caller;
    private final World world;
    private final BpfArrayOfMaps<InterruptedKey, Value> array;
    private final BpfHashOfMaps<Integer, InterruptedKey, Value> hash;

    Containers(AsyncRuntime rt, Caller caller, World world) {
        this.rt = rt;
        this.caller = caller;
        this.world = world;
        this.array = rt.arrayOfMaps("array of maps", PLACES);
        this.hash = rt.hashOfMaps("hash of maps", PLACES);
    }

    void step(SplittableRandom random) {
        String path = "/" + random.nextInt(PLACES);
        switch (random.nextInt(8)) {
            case 0 -> caller.watched(Call.PIN, () -> rt.pin(path, world.hash(random)));
            case 1 -> caller.watched(Call.UNPIN, () -> rt.unpin(path));
            case 2 -> openPinned(path);
            case 3 -> shortLived(path, random);
            default -> interrupt(random);
        }
    }

    /** The calls that may be made in NMI. */
    void interrupt(SplittableRandom random) {
        int place = random.nextInt(PLACES + 1);
        BpfMap<InterruptedKey, Value> map = world.hash(random);
        switch (random.nextInt(8)) {
            case 0 -> caller.watched(Call.OUTER_UPDATE, () -> array.update(place, map));
            case 1 -> caller.watched(Call.OUTER_UPDATE, () -> hash.update(place, map));
            case 2 -> caller.watched(Call.OUTER_DELETE, () -> array.delete(place));
            case 3 -> caller.watched(Call.OUTER_DELETE, () -> hash.delete(place));
            case 4 -> borrow(random.nextBoolean() ? array.lookup(place) : hash.lookup(place));
            default -> borrow(map);
        }
    }

    /** Takes a user reference and drops it, which may be the last. */
    private void borrow(BpfMap<InterruptedKey, Value> map) {
        if (map == null) {
            caller.watched(Call.OUTER_LOOKUP, () -> Status.ENOENT);
        } else if (caller.watched(Call.OPEN, map::open) == Status.OK) {
            caller.watched(Call.RELEASE, map::release);
        }
    }

    private void openPinned(String path) {
        BpfContainer[] found = new BpfContainer[1];
        caller.watched(Call.OPEN_PINNED, () -> {
            found[0] = rt.openPinned(path);
            return found[0] == null ? Status.ENOENT : Status.OK;
        });
        if (found[0] != null) {
            caller.watched(Call.RELEASE, found[0]::release);
        }
    }

    /** A map that only an outer map or a name keeps, with a timer and a work in it. */
    private void shortLived(String path, SplittableRandom random) {
        int place = random.nextInt(PLACES);
        ClockId clock = ClockId.values()[random.nextInt(3)];
        boolean named = random.nextBoolean();
        caller.watched(Call.MAKE_MAP, () -> {
            BpfHashMap<InterruptedKey, Value> map = rt.hashMap("short-lived", 2);
            fill(world.spot(map, world.key(1), Place.Ends.ANYHOW, clock), random);
            if (named) {
                caller.watched(Call.PIN, () -> rt.pin(path, map));
            } else {
                caller.watched(Call.OUTER_UPDATE, () -> hash.update(place, map));
            }
            caller.watched(Call.CLOSE_MAP, () -> {
                map.close();
                return Status.OK;
            });
            return Status.OK;
        });
    }

    private void fill(Spot<InterruptedKey> spot, SplittableRandom random) {
        caller.update(spot);
        MapElement<InterruptedKey, Value> at = caller.lookup(spot);
        if (at != null) {
            caller.init(spot, at);
            caller.setCallback(spot, at, world.program());
            caller.start(spot, at, random.nextInt(world.horizonNs()), 0);
            caller.initWork(spot, at);
            caller.setWork(spot, at, world.program());
            caller.startWork(spot, at);
        }
    }
}
