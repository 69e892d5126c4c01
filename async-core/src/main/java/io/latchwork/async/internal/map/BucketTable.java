// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where the chains of a hash map begin, in segments: a slot for each chain, with its first link or null. A table that is made
 * whole has one segment; one that grows begins empty, and makes a segment for the first insertion that needs it.
 *
 * <p>A segment that is not there yet is made aside and put in by compare-and-set; the one who loses that uses the winner's.
 * No segment is ever taken out. Lookups are wait-free and make nothing.
 */
final class BucketTable {
    private static final VarHandle SEGMENT = MethodHandles.arrayElementVarHandle(Link[][].class);
    private static final VarHandle FIRST = MethodHandles.arrayElementVarHandle(Link[].class);
    private static final int MIN_BUCKETS = 2;
    /** A growing table has segments of 64 chains, or so many that it has no more than 2^16 of them. */
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
     * A table with all its segments, which is one.
     *
     * @param entries how many elements it is for
     */
    static BucketTable whole(int entries) {
        int buckets = bucketsFor(entries);
        BucketTable table = new BucketTable(buckets, log2(buckets));
        table.segments[0] = new Link[buckets];
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

    /** The segment that a chain is in, or null. */
    private Link[] segment(int index) {
        // AC61 <- AC60: sees it, empty. AC2 <-> AC1: a release sees what was made
        return (Link[]) SEGMENT.getVolatile(segments, index >>> shift);
    }

    // ------------------------------------------------------------------------------------------------ a chain

    /** The first link of the chain that elements with this hash are in, or null. A chain's number is a hash of its own. */
    Link first(int hash) {
        int index = hash & buckets - 1;
        Link[] segment = segment(index);
        // AC24 <- AC23, AC2 <-> AC1: as Link.next
        return segment == null ? null : (Link) FIRST.getVolatile(segment, index & within);
    }

    /** Makes sure that there is a chain for this hash, before {@link #casFirst}. */
    void reserve(int hash) {
        int index = hash & buckets - 1;
        if (segment(index) == null) {
            // AC60 -> AC61: publishes it, empty. AC1 <-> AC2: before the inserter looks at the user references
            SEGMENT.compareAndSet(segments, index >>> shift, (Link[]) null, new Link[within + 1]);
        }
    }

    /** Replaces the first link of a chain that is there. */
    boolean casFirst(int hash, Link expected, Link update) {
        int index = hash & buckets - 1;
        // AC23 -> AC24, AC1 <-> AC2: as Link.casNext
        return FIRST.compareAndSet(segment(index), index & within, expected, update);
    }

    // ------------------------------------------------------------------------------------------------ all chains

    /** How many chains there may be; they are numbered from 0. */
    int buckets() {
        return buckets;
    }

    /** The first chain from this one on that may have an element; passes over segments that were never made. */
    int from(int index) {
        int next = index;
        while (next < buckets && (next & within) == 0 && segment(next) == null) {
            next += within + 1;
        }
        return next;
    }

    /** How many segments were made. */
    int segmentsMade() {
        int made = 0;
        for (int i = 0; i < buckets; i += within + 1) {
            made += segment(i) == null ? 0 : 1;
        }
        return made;
    }
}
