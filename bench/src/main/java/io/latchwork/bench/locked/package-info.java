// SPDX-License-Identifier: Apache-2.0

/**
 * The locked variant: the same API as the lock-free engine, built on spin locks, to compare with.
 *
 * <p>A re-make of the design that {@code bpf_timer} had in Linux from 2021: one spin lock a timer slot guards its control
 * block, program and callback; below it lies one lock a base, which guards the queue. A call from NMI could find a lock
 * held by the code that it interrupted, so every call that takes a lock is refused there with
 * {@link io.latchwork.async.Status#EOPNOTSUPP}.
 *
 * <h2>Locks</h2>
 * <table>
 * <caption>Locks in the order in which they nest</caption>
 * <tr><th>lock</th><th>guards</th></tr>
 * <tr><td>bucket</td><td>chain of a hash bucket; generation of its slots (with the slot lock)</td></tr>
 * <tr><td>slot</td><td>generation, key, value, which block is attached</td></tr>
 * <tr><td>base</td><td>queue, which block runs; program and callback of a block (with the slot lock)</td></tr>
 * <tr><td>free list</td><td>free slots or blocks of one map</td></tr>
 * </table>
 * What two locks guard together is written under both and may be read under either. No lock is held while a callback
 * runs.
 *
 * <h2>Differences from the original</h2>
 * Deleting never waits for a running callback, as the API asks: the owner of the base frees the block when the callback
 * returned. Control blocks and slots are allocated with the map.
 *
 * <h2>What it has</h2>
 * Preallocated hash maps, {@link io.latchwork.async.ClockId#MONOTONIC}, and the timers in them; everything else of the API
 * throws {@link java.lang.UnsupportedOperationException}. A pinned start leaves a timer whose callback is running on the
 * base that runs it, as in the original. {@code forEach} allocates.
 */
package io.latchwork.bench.locked;
