// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.BpfArrayMap;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.internal.Quota;
import io.latchwork.rcu.RcuSlot;
import java.util.function.Consumer;

/**
 * An array of elements, which live until the last user reference goes and are not recycled.
 *
 * @param <V> the value type
 */
public final class ArrayMapImpl<V> extends MapCore<Integer, V> implements BpfArrayMap<V> {
    private final Element<Integer, V>[] elements;
    private final Quota dead = new Quota(Long.MAX_VALUE);

    /**
     * An array with one user reference, and null in every element.
     *
     * @param context what it shares with the other maps of the runtime
     * @param name used in reports
     * @param maxEntries how many elements there are
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of generics
    public ArrayMapImpl(MapContext context, String name, int maxEntries) {
        super(context, name, maxEntries, maxEntries, false);
        this.elements = new Element[maxEntries];
        for (int i = 0; i < maxEntries; i++) {
            elements[i] = new Element<>(i, (Integer) i); // boxed once, here
        }
    }

    private boolean isInside(int index) {
        return index >= 0 && index < elements.length;
    }

    @Override
    public int size() {
        return hasUsers() ? elements.length : 0;
    }

    @Override
    Element<Integer, V> find(Integer key) {
        return find((int) key);
    }

    private Element<Integer, V> find(int index) {
        if (!isInside(index)) {
            return null;
        }
        Element<Integer, V> element = elements[index];
        return Element.isLive(element.life()) ? element : null;
    }

    @Override
    public Status lookupAt(int index, MapElement<Integer, V> handle) {
        if (!isOwn(handle)) {
            return Status.EINVAL;
        }
        Element<Integer, V> found = find(index);
        if (found == null) {
            return Status.ENOENT;
        }
        ((ElementHandle<Integer, V>) handle).pointAt(found); // without a section: nothing here is recycled
        return Status.OK;
    }

    @Override
    public Status update(Integer key, V value) {
        return key == null ? Status.EINVAL : updateAt((int) key, value);
    }

    @Override
    public Status updateAt(int index, V value) {
        if (value == null) {
            return Status.EINVAL;
        }
        if (!isInside(index)) {
            return Status.E2BIG;
        }
        if (!hasUsers()) {
            return Status.EPERM;
        }
        RcuSlot section = context().rcu().readLock();
        try {
            return update(elements[index], value);
        } finally {
            section.unlock();
        }
    }

    private Status update(Element<Integer, V> element, V value) {
        if (!element.tryBump()) {
            return Status.EPERM; // the last release was here
        }
        element.exchange(value);
        cancelAndFree(element, null);
        if (!Element.isLive(element.life())) { // stored first, looked at second: the last release may have come in between
            element.exchange(null);
        }
        return Status.OK;
    }

    @Override
    public Status delete(Integer key) {
        return Status.EINVAL;
    }

    /** The last user reference is gone. */
    @Override
    boolean remove(Element<Integer, V> element, Tally tally) {
        if (!element.tryKill()) {
            return false;
        }
        cancelAndFree(element, tally);
        element.exchange(null);
        dead.tryTake();
        return true;
    }

    @Override
    void forEachLive(Consumer<? super Element<Integer, V>> visitor) {
        for (Element<Integer, V> element : elements) {
            if (Element.isLive(element.life())) {
                visitor.accept(element);
            }
        }
    }

    @Override
    long elementsInUse() {
        return elements.length - dead.used();
    }

    @Override
    boolean elementsAreFull() {
        return true; // there is no pool
    }
}
