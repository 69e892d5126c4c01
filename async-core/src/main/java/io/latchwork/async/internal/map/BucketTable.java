// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The heads of the chains of a hash map, in segments. A table that is made whole has one segment, with every head in it; one
 * that grows begins empty, and makes a segment, and a head in it, for the first insertion that needs them.
 *
 * <p>What is not there yet is made aside and put in by compare-and-set; the one who loses that uses the winner's. Nothing
 * that was put in is ever taken out. Lookups are wait-free and make nothing.
 */
final class BucketTable {
    private static final VarHandle SEGMENT = MethodHandles.arrayElementVarHandle(Link[][].class);
    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(Link[].class);
    private static final int MIN_BUCKETS = 2;
    /** A growing table has segments of 64 heads, or so many that it has no more than 2^16 of them. */
    private static final int MIN_SEGMENT_LOG2 = 6;
    private static final int MAX_SEGMENTS_LOG2 = 16;

    private final Link[][] segments;
    private final int buckets;
    private final int shift;
    private final int within;

    private BucketTable(int buckets, int shift) {
        this.buckets = buckets;
        this.shift = shift;
        this.within = (1 << shift) - 1;
        this.segments = new Link[buckets >>> shift][];
    }

    /**
     * A table with every head in it.
     *
     * @param entries how many elements it is for
     */
    static BucketTable whole(int entries) {
        int buckets = bucketsFor(entries);
        BucketTable table = new BucketTable(buckets, log2(buckets));
        Link[] heads = new Link[buckets];
        for (int i = 0; i < buckets; i++) {
            heads[i] = new Link();
        }
        table.segments[0] = heads;
        return table;
    }

    /**
     * A table with nothing in it.
     *
     * @param entries how many elements it is for
     */
    static BucketTable growing(int entries) {
        int buckets = bucketsFor(entries);
        int segment = Math.max(MIN_SEGMENT_LOG2, log2(buckets) - MAX_SEGMENTS_LOG2);
        return new BucketTable(buckets, Math.min(segment, log2(buckets)));
    }

    private static int bucketsFor(int entries) {
        return Math.max(MIN_BUCKETS, Integer.highestOneBit(entries - 1 | 1) << 1);
    }

    private static int log2(int powerOfTwo) {
        return Integer.numberOfTrailingZeros(powerOfTwo);
    }

    /** The head of the chain that elements with this hash are in; null if none was ever inserted there. */
    Link find(int hash) {
        int index = hash & buckets - 1;
        Link[] heads = (Link[]) SEGMENT.getAcquire(segments, index >>> shift); // AC61 <- AC60: sees the segment's content
        return heads == null ? null : (Link) HEAD.getAcquire(heads, index & within); // AC61 <- AC60: sees the head's fields
    }

    /** The head of the chain that elements with this hash are in. */
    Link findOrMake(int hash) {
        Link found = find(hash);
        return found != null ? found : make(hash & buckets - 1);
    }

    private Link make(int index) {
        Link[] heads = (Link[]) SEGMENT.getAcquire(segments, index >>> shift); // AC61 <- AC60: as above
        if (heads == null) {
            Link[] made = new Link[within + 1];
            // AC60 -> AC61: publishes it, empty. AC1 <-> AC2: before the inserter looks at the user references
            Link[] witness = (Link[]) SEGMENT.compareAndExchange(segments, index >>> shift, (Link[]) null, made);
            heads = witness == null ? made : witness;
        }
        Link made = new Link();
        // AC60 -> AC61: publishes the head. AC1 <-> AC2: as above
        Link witness = (Link) HEAD.compareAndExchange(heads, index & within, (Link) null, made);
        return witness == null ? made : witness;
    }

    /** How many chains there may be; they are numbered from 0. */
    int buckets() {
        return buckets;
    }

    /** The first chain from this one on that may have an element; passes over segments that were never made. */
    int from(int index) {
        int next = index;
        while (next < buckets && (next & within) == 0 && isBare(next)) {
            next += within + 1;
        }
        return next;
    }

    private boolean isBare(int index) {
        return (Link[]) SEGMENT.getVolatile(segments, index >>> shift) == null; // AC2 <-> AC1: a release sees what was made
    }

    /** The first link of a chain, or null; for those who pass through all of them. */
    Link first(int index) {
        Link[] heads = (Link[]) SEGMENT.getVolatile(segments, index >>> shift); // AC2 <-> AC1: as above
        Link head = heads == null ? null : (Link) HEAD.getVolatile(heads, index & within); // AC2 <-> AC1: as above
        return head == null ? null : head.next();
    }

    /** How many segments were made. */
    int segmentsMade() {
        int made = 0;
        for (int i = 0; i < buckets; i += within + 1) {
            made += isBare(i) ? 0 : 1;
        }
        return made;
    }
}
