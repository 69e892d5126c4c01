// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

/**
 * A chain of elements: a lock-free list in the manner of Harris and Michael, with a marker node behind a deleted element
 * instead of a mark bit in its link, as in {@code ConcurrentSkipListMap}.
 *
 * <p>Everything here is called inside a read section, so no element is recycled while it is being passed.
 *
 * <p>Insertion is at the head, by compare-and-set against the first link that the search began from: if nothing was
 * inserted since, the key is not there. Deletion has three steps: the one who turns {@code life} to dead owns the
 * element; only it writes the marker, so marking needs no agreement; anybody who passes a marked element unlinks it. A
 * deleter that is stalled between the steps leaves a dead element in the chain, which others step over.
 */
final class Bucket {
    private Bucket() {
    }

    /** The live element of a key, or null. Wait-free in the length of the chain. */
    static <K, V> Element<K, V> find(Link first, int hash, Object key) {
        Link at = first;
        while (at != null) {
            if (at instanceof Element) {
                @SuppressWarnings("unchecked")
                Element<K, V> element = (Element<K, V>) at;
                if (element.hash == hash && Element.isLive(element.life()) && element.key.equals(key)) {
                    return element;
                }
            }
            at = at.next();
        }
        return null;
    }

    /**
     * Unlinks an element that the caller has killed. Afterwards no search that begins reaches it.
     *
     * @param chains the chain that the element is in, and others
     * @param element the element
     */
    static void remove(BucketTable chains, Element<?, ?> element) {
        mark(element);
        while (!sweep(chains, element.hash)) {
            Thread.onSpinWait();
        }
    }

    private static void mark(Element<?, ?> element) {
        for (;;) {
            Link after = element.next();
            element.marker.nextBeforePublishing(after);
            if (element.casNext(after, element.marker)) {
                return;
            }
        }
    }

    /** Unlinks every marked element. False if the chain changed under it and the pass must begin again. */
    private static boolean sweep(BucketTable chains, int hash) {
        Link before = null;
        Link at = chains.first(hash);
        while (at != null) {
            if (!(at instanceof Element)) {
                return false; // the element before was marked meanwhile
            }
            Link after = at.next();
            if (after == ((Element<?, ?>) at).marker) {
                after = after.next();
                if (!(before == null ? chains.casFirst(hash, at, after) : before.casNext(at, after))) {
                    return false;
                }
            } else {
                before = at;
            }
            at = after;
        }
        return true;
    }
}
