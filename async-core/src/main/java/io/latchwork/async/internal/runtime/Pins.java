// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.BpfContainer;
import io.latchwork.async.Status;
import io.latchwork.async.internal.map.UserRefs;
import io.latchwork.rcu.Rcu;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;

/**
 * The names under which maps are pinned. Each holds a user reference of its map, taken before the name is given and dropped
 * by whoever takes the name back.
 */
final class Pins {
    private final ConcurrentMap<String, UserRefs> names = new ConcurrentHashMap<>();
    private final Object owner;
    private final Rcu rcu;
    private final BooleanSupplier isClosed;

    /**
     * No names.
     *
     * @param owner the runtime
     * @param rcu knows who is in NMI, where the table must not be touched: the interrupted call may be inside of it
     * @param isClosed whether the runtime is closed, seen after everything that the caller wrote before
     */
    Pins(Object owner, Rcu rcu, BooleanSupplier isClosed) {
        this.owner = owner;
        this.rcu = rcu;
        this.isClosed = isClosed;
    }

    Status pin(String path, BpfContainer map) {
        if (path == null || !(map instanceof UserRefs) || !((UserRefs) map).belongsTo(owner)) {
            return Status.EINVAL;
        }
        if (rcu.inNmi()) {
            return Status.EOPNOTSUPP;
        }
        if (isClosed.getAsBoolean()) {
            return Status.EPERM;
        }
        if (map.open() != Status.OK) {
            return isClosed.getAsBoolean() ? Status.EPERM : Status.ENOENT;
        }
        if (names.putIfAbsent(path, (UserRefs) map) != null) {
            map.release();
            return Status.EEXIST;
        }
        VarHandle.fullFence(); // AC27 <-> AC28: named first, looked at second: closeAll sees the name, or is seen
        if (isClosed.getAsBoolean()) {
            unpin(path, (UserRefs) map);
            return Status.EPERM;
        }
        return Status.OK;
    }

    Status unpin(String path) {
        if (path == null) {
            return Status.EINVAL;
        }
        if (rcu.inNmi()) {
            return Status.EOPNOTSUPP;
        }
        UserRefs map = names.remove(path);
        if (map == null) {
            return Status.ENOENT;
        }
        map.release();
        return Status.OK;
    }

    /** The map with a user reference for the caller, or null. */
    BpfContainer open(String path) {
        if (path == null || rcu.inNmi()) {
            return null;
        }
        UserRefs map = names.get(path);
        while (map != null && map.open() != Status.OK) {
            UserRefs again = names.get(path); // taken back since it was looked up, and the last reference with it; or given again
            map = again == map ? null : again; // a map that is dead under its name was released once too often, or by close
        }
        return map;
    }

    /**
     * Drops every name, once the runtime is marked as closed. Called after the maps were closed by one who counts what was
     * armed. Does nothing in NMI.
     */
    void closeAll() {
        if (!rcu.inNmi()) {
            VarHandle.fullFence(); // AC28 <-> AC27: marked first, looked at second: pin sees the mark, or its name is seen
            names.forEach(this::unpin);
        }
    }

    private void unpin(String path, UserRefs map) {
        if (names.remove(path, map)) { // else somebody else did, and dropped it
            map.release();
        }
    }

    /** How many names are given. */
    int size() {
        return names.size();
    }
}
