// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.locked;

/** What a {@link TimerHeap} holds. All fields are guarded by the lock of the base. */
abstract class HeapEntry {
    /** The index of an entry that is in no heap. */
    static final int NOT_QUEUED = -1;

    /** When it is due, in nanoseconds after the start of the runtime. */
    long deadline;
    /** Tells entries with equal deadlines apart: the one armed first goes first. */
    long order;
    /** Where it is in the heap. */
    int index = NOT_QUEUED;
}
