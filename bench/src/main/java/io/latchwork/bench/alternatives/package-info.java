// SPDX-License-Identifier: Apache-2.0
/**
 * What was beaten, kept beside what beat it, so that it can be measured again: {@code latchwork bench --suite queue}.
 *
 * <p>The expiry queue of a base was an intrusive heap of control blocks ({@link io.latchwork.bench.alternatives.IntrusiveHeap}).
 * Two things made it lose. Every step of a sift is a miss of the cache or two once the heap is larger than the cache. And it
 * stores references, into old arrays and of blocks that are old as well: each is work for the write barrier of a region-based
 * collector at once, and for its refinement threads later, which in a burst of expiries took more processor time than the expiries.
 */
package io.latchwork.bench.alternatives;
