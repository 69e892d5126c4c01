// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import java.util.Arrays;

/**
 * Which packets each thread replays. Packet i goes to thread i mod N, so most flows are touched by every thread. A
 * thread goes round and round its packets; the threads begin at different places.
 *
 * <p>Replayed as fast as they can be, flows would never be silent long enough to expire. So one flow in
 * {@value #PARTS} rests, a different part of them in each period of two idle time-outs: its packets are left out, it
 * expires, and when it is another part's turn it comes back and is added anew.
 */
final class Deal {
    /** The number of parts that rest in turn. */
    static final int PARTS = 8;
    private static final double PERCENT = 100.0;

    private final int[][][] laps;
    private final long periodNs;
    private final double sharedPercent;

    Deal(Traffic traffic, int threads, Timeouts timeouts) {
        this.periodNs = 2 * timeouts.idleNs();
        this.laps = new int[threads][PARTS][];
        int[] hands = new int[traffic.flows()];
        for (int thread = 0; thread < threads; thread++) {
            int[] hand = hand(traffic, threads, thread);
            Arrays.stream(hand).map(Traffic::flow).distinct().forEach(flow -> hands[flow]++);
            for (int part = 0; part < PARTS; part++) {
                laps[thread][part] = without(hand, part);
            }
        }
        this.sharedPercent = PERCENT * Arrays.stream(hands).filter(count -> count == threads).count() / hands.length;
    }

    private static int[] hand(Traffic traffic, int threads, int thread) {
        int size = traffic.size();
        int[] hand = new int[(size - thread + threads - 1) / threads];
        if (thread >= size) { // more threads than packets
            return new int[] {traffic.packet(thread % size)};
        }
        int start = (int) ((long) hand.length * thread / threads);
        for (int i = 0; i < hand.length; i++) {
            hand[i] = traffic.packet(thread + (start + i) % hand.length * threads);
        }
        return hand;
    }

    private static int[] without(int[] hand, int part) {
        int[] lap = Arrays.stream(hand).filter(packet -> Traffic.flow(packet) % PARTS != part).toArray();
        return lap.length == 0 ? hand : lap;
    }

    /** The packets of a thread while a part of the flows rests. */
    int[] lap(int thread, int restingPart) {
        return laps[thread][restingPart];
    }

    /** The part that rests at a time since the start of a round. */
    int restingPart(long sinceStartNs) {
        return (int) (sinceStartNs / periodNs % PARTS);
    }

    int threads() {
        return laps.length;
    }

    /** How many of a hundred flows are touched by every thread. */
    double sharedPercent() {
        return sharedPercent;
    }
}
