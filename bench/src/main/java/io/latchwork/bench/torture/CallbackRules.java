// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Rules that look at one callback and at what had certainly happened before it, without a model. They hold where blocks are
 * evicted, too.
 *
 * <p>"Certainly before" means: returned before the callback's thread was last seen elsewhere, and so before the expiry was taken.
 */
final class CallbackRules {
    private final Place place;
    private final ClockHistory clock;
    private final List<Event> evictors;
    private final List<Event> fires = new ArrayList<>();
    private final List<Event> starts = new ArrayList<>();
    private final List<Event> destroyers = new ArrayList<>();
    private final List<Event> cancels = new ArrayList<>();
    private final Map<Long, Event> updates = new HashMap<>();
    private final Map<Long, Event> bindings = new HashMap<>();
    private final NavigableMap<Long, Event> bindingsInOrder = new TreeMap<>();

    /**
     * Rules for one place.
     *
     * @param place the place
     * @param clock how the clocks stepped
     * @param events what happened there
     * @param evictors insertions of other keys that may have taken a block out
     */
    CallbackRules(Place place, ClockHistory clock, List<Event> events, List<Event> evictors) {
        this.place = place;
        this.clock = clock;
        this.evictors = evictors;
        for (Event event : events) {
            if (event.call == Call.FIRE) {
                fires.add(event);
            } else if (event.call == Call.START && event.isOutcome()) {
                starts.add(event);
            } else if (event.call == Call.CANCEL || event.call == Call.CANCEL_ASYNC) {
                cancels.add(event);
            } else if (event.isDestroyer()) {
                destroyers.add(event);
            }
            if (event.isBinding()) {
                bindings.put(event.a, event);
                bindingsInOrder.put(event.before, event);
            }
            if (event.call == Call.UPDATE) {
                updates.put(event.a, event);
            }
        }
        fires.sort(Comparator.comparingLong(fire -> fire.after));
        starts.sort(Comparator.comparingLong(start -> start.before));
        destroyers.sort(Comparator.comparingLong(destroyer -> destroyer.before));
    }

    /** What is wrong, or null. */
    Violation check() {
        Violation counted = counted();
        if (counted != null) {
            return counted;
        }
        for (Event fire : fires) {
            Event binding = bindings.get(fire.b);
            if (binding == null) {
                return Violation.of(Invariant.CONTRACT, fire + ": nobody bound that callback here");
            }
            Violation found = gone(fire);
            if (found == null && place.ends() == Place.Ends.BY_CALL) {
                found = replaced(fire, binding);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** I2: each callback, and each CANCELLED, needs a start of its own that answered OK, and one that it is not too early for. */
    private Violation counted() {
        List<Event> takers = new ArrayList<>(fires);
        for (Event cancel : cancels) {
            if (cancel.answer == Status.CANCELLED) {
                takers.add(cancel);
            }
        }
        takers.sort(Comparator.comparingLong(taker -> taker.after));
        int owed = 0;
        int made = 0;
        for (Event taker : takers) {
            while (made < starts.size() && starts.get(made).before < taker.after) {
                owed += starts.get(made).answer == Status.OK ? 1 : 0;
                made++;
            }
            if (--owed < 0) {
                return Violation.of(Invariant.I2, taker + ": more callbacks and CANCELLED than starts");
            }
            if (taker.call == Call.FIRE && nothingDue(taker, made)) {
                return Violation.of(Invariant.I2, taker + " is too early for every start so far");
            }
        }
        return null;
    }

    private boolean nothingDue(Event fire, int made) {
        for (int i = made - 1; i >= 0; i--) {
            if (clock.isDue(starts.get(i), fire)) {
                return false;
            }
        }
        return true;
    }

    /** I3: the value that it got had been replaced or deleted, and everybody who might have held its block had returned. */
    private Violation gone(Event fire) {
        Event update = updates.get(fire.a);
        if (update == null && fire.a != 0) {
            return Violation.of(Invariant.I3, fire + ": that value was never here");
        }
        if (place.ends() == Place.Ends.ANYHOW) {
            return null;
        }
        long since = update == null ? -1 : update.after;
        for (int i = firstAfter(since); i < destroyers.size() && destroyers.get(i).before < fire.before; i++) {
            Event destroyer = destroyers.get(i);
            if (destroyer.call != Call.VIEW_DELETE && destroyer.after < fire.before && !mayBeHeld(destroyer, fire)) {
                return Violation.of(Invariant.I3, fire + " after " + destroyer);
            }
        }
        return null;
    }

    private int firstAfter(long moment) {
        int low = 0;
        int high = destroyers.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (destroyers.get(middle).before > moment) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether another call that overlaps with a delete was still pending when the expiry may have been taken. */
    private boolean mayBeHeld(Event destroyer, Event fire) {
        return anyHolds(destroyers, destroyer, fire) || anyHolds(evictors, destroyer, fire);
    }

    private static boolean anyHolds(List<Event> others, Event destroyer, Event fire) {
        for (Event other : others) {
            boolean overlaps = other.before < destroyer.after && other.after > destroyer.before;
            if (other != destroyer && overlaps && other.after > fire.before) {
                return true;
            }
        }
        return false;
    }

    /** A callback ran though another one had been bound in its place before the expiry was taken. */
    private Violation replaced(Event fire, Event binding) {
        for (Event later : bindingsInOrder.subMap(binding.after, Math.max(binding.after, fire.before)).values()) {
            if (later.after < fire.before && isQuietBetween(binding.before, fire.after)) {
                return Violation.of(Invariant.CONTRACT, fire + ", though " + later + " had replaced its callback");
            }
        }
        return null;
    }

    /** No delete that might have given the later binding another block, and no cancel that was emptying the cell. */
    private boolean isQuietBetween(long from, long to) {
        for (Event destroyer : destroyers) {
            if (destroyer.before < to && destroyer.after > from) {
                return false;
            }
        }
        for (Event cancel : cancels) {
            if (cancel.call == Call.CANCEL && cancel.before < to && cancel.after > from) {
                return false;
            }
        }
        return true;
    }
}
