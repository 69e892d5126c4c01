// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.BpfMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is done at random on a {@link World}: every call that there is, by clients, by callbacks and by interrupts. Numbers that
 * are drawn decide what is done; the answers decide only that a timer which is not ready is made ready.
 */
final class Actions {
    private final World world;
    private final Caller caller;

    Actions(World world) {
        this.world = world;
        this.caller = world.caller();
    }

    /** A step of a client. */
    void step(SplittableRandom random, Handles handles) {
        int n = random.nextInt(100);
        if (n < 80) {
            onElement(world.spot(random), random, handles);
        } else if (n < 88) {
            onLoose(random);
        } else if (n < 92) {
            world.look(random);
        } else if (n < 98) {
            world.containers().step(random);
        } else {
            world.program(random);
        }
    }

    /** A step in NMI: of the calls that may be made there. */
    void interrupt(SplittableRandom random) {
        if (random.nextInt(8) == 0) {
            world.containers().interrupt(random);
        } else {
            onElement(world.spot(random), random, null);
        }
    }

    <K> void inTimer(Spot<K> own, SplittableRandom random) {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> onElement(world.spot(random), random, null);
            case 3, 4, 5 -> caller.startByKey(own, fromNow(random), flags(random));
            case 6 -> caller.cancelByKey(own);
            case 7 -> caller.delete(own);
            case 8 -> caller.update(own);
            case 9 -> onTimer(own, random);
            case 10 -> onWork(own, random);
            default -> { }
        }
    }

    <K> void inWork(Spot<K> own, SplittableRandom random) {
        switch (random.nextInt(12)) {
            case 0, 1 -> onElement(world.spot(random), random, null);
            case 2, 3, 4 -> onWork(own, random);
            case 5 -> caller.update(own);
            default -> { }
        }
    }

    void inLoose(SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> onLoose(random);
            case 2 -> onElement(world.spot(random), random, null);
            default -> { }
        }
    }

    // ------------------------------------------------------------------------------------------------ elements

    private <K> void onElement(Spot<K> spot, SplittableRandom random, Handles handles) {
        MapElement<K, Value> at = handles == null ? caller.lookup(spot) : handles.at(spot, caller, random);
        if (at == null) {
            if (caller.update(spot) == Status.OK) {
                onTimer(spot, random);
            }
            return;
        }
        int n = random.nextInt(64);
        if (n == 0) {
            caller.delete(spot);
        } else if (n < 4) {
            caller.update(spot);
        } else if (n < 40) {
            onTimer(spot, at, n, random);
        } else {
            onWork(spot, at, n, random, handles != null);
        }
    }

    private <K> void onTimer(Spot<K> spot, SplittableRandom random) {
        MapElement<K, Value> at = caller.lookup(spot);
        if (at != null) {
            onTimer(spot, at, 4 + random.nextInt(36), random);
        }
    }

    private <K> void onWork(Spot<K> spot, SplittableRandom random) {
        MapElement<K, Value> at = caller.lookup(spot);
        if (at != null) {
            onWork(spot, at, 40 + random.nextInt(24), random, false);
        }
    }

    private <K> void onTimer(Spot<K> spot, MapElement<K, Value> at, int n, SplittableRandom random) {
        switch (n) {
            case 4, 5 -> caller.init(spot, at);
            case 6, 7 -> caller.setCallback(spot, at, world.program());
            case 8, 9, 10, 11, 12, 13 -> caller.cancelAsync(spot, at);
            case 14, 15 -> caller.cancel(spot, at);
            case 16 -> caller.cancelByKey(spot);
            case 17 -> caller.deleteByKey(spot);
            case 18, 19 -> caller.startByKey(spot, fromNow(random), flags(random));
            default -> {
                if (caller.start(spot, at, fromNow(random), flags(random)) == Status.EINVAL) {
                    caller.init(spot, at);
                    caller.setCallback(spot, at, world.program());
                    caller.start(spot, at, fromNow(random), flags(random));
                }
            }
        }
    }

    /** Flushing is for clients: kworkers that flush wait for each other. */
    private <K> void onWork(Spot<K> spot, MapElement<K, Value> at, int n, SplittableRandom random, boolean mayFlush) {
        switch (n) {
            case 40, 41 -> caller.initWork(spot, at);
            case 42, 43 -> caller.setWork(spot, at, world.program());
            case 44, 45, 46, 47 -> caller.cancelAsyncWork(spot, at);
            case 48, 49 -> caller.cancelWork(spot, at);
            case 50 -> {
                if (mayFlush) {
                    caller.flush(spot, at);
                }
            }
            default -> {
                if (caller.startWork(spot, at) == Status.EINVAL) {
                    caller.initWork(spot, at);
                    caller.setWork(spot, at, world.program());
                    caller.startWork(spot, at);
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ timers without a map

    private void onLoose(SplittableRandom random) {
        int which = random.nextInt(World.LOOSE_TIMERS);
        LooseTimer timer = world.loose(which);
        int n = random.nextInt(32);
        if (timer == null || n == 0) {
            world.replaceLoose(which, random);
            return;
        }
        switch (n) {
            case 1 -> caller.close(timer);
            case 2, 3 -> caller.setCallback(timer, world.program());
            case 4, 5 -> caller.cancel(timer);
            case 6, 7, 8, 9, 10, 11 -> caller.cancelAsync(timer);
            default -> {
                Status answer = caller.start(timer, fromNow(random), flags(random));
                if (answer == Status.EINVAL) {
                    caller.setCallback(timer, world.program());
                } else if (answer == Status.ENOENT) {
                    world.replaceLoose(which, random);
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ shared

    private long fromNow(SplittableRandom random) {
        int horizon = world.horizonNs();
        return random.nextInt(4) == 0 ? random.nextInt(2) - 1L : random.nextInt(horizon);
    }

    private static int flags(SplittableRandom random) {
        return random.nextInt(4); // TIMER_ABS, TIMER_CPU_PIN
    }

    /** Visits a map, and cancels what it comes across. */
    <K> void forEach(BpfMap<K, Value> map, List<Spot<K>> spots, SplittableRandom random) {
        int every = 1 + random.nextInt(4);
        int[] seen = new int[1];
        caller.watched(Call.FOR_EACH, () -> {
            map.forEach(map.handle(), element -> {
                K key = element.key();
                if (key != null && ++seen[0] % every == 0) {
                    for (Spot<K> spot : spots) {
                        if (spot.key().equals(key)) {
                            caller.cancelAsync(spot, element);
                        }
                    }
                }
            });
            return Status.OK;
        });
    }
}
