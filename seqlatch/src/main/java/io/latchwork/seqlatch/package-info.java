// SPDX-License-Identifier: Apache-2.0

/**
 * Latches: values that stay readable while they are being written, so that a reader which interrupts the writer
 * on the same thread, or finds it suspended for good, never waits for it.
 *
 * <h2>When to use which</h2>
 * <ul>
 * <li>{@link io.latchwork.seqlatch.SeqcountLatch}: a few words of data, read often, written seldom and by one
 *     writer at a time. The data is kept twice, by the user of the latch. Example: the offsets of a clock.</li>
 * <li>{@link io.latchwork.seqlatch.LatchCell}: a pair of references, written by many writers none of which may hold
 *     up another, where each replaced pair must be handed back exactly once. Example: a callback together with
 *     the counted owner of its code.</li>
 * </ul>
 *
 * <h2>When not to use them</h2>
 * <ul>
 * <li>Data that is written more often than it is read: each write of a latch stores everything twice.</li>
 * <li>Data that fits one word or one immutable object: a single {@code VarHandle} is simpler and cheaper.</li>
 * <li>Keeping what the data points to alive: a reader of a latch holds no reference. In a pooled world that needs a
 *     read section of an RCU domain around the read <em>and</em> the use of what was read.</li>
 * <li>A reader that must finish in a bounded number of steps while writers never pause: readers retry.</li>
 * </ul>
 *
 * <h2>Who may run with whom</h2>
 * "-": any number at the same time, on any threads, nested on one thread too. "1": one at a time, the caller sees
 * to it.
 * <pre>
 * SeqcountLatch          read section   write (begin .. end)
 * read section                -                 -
 * write (begin .. end)        -                 1
 *
 * LatchCell              read section   exchange, clear, isEmpty   first, second, free of one slot
 * read section                -                    -                             -
 * exchange, clear, isEmpty    -                    -                             -
 * first, second, free         -                    -                             1 (the owner of the slot)
 * </pre>
 *
 * <h2>Nesting</h2>
 * Every method may be called from code that interrupted any other method of the same object on the same thread,
 * at any instruction, with one exception: a write to a {@code SeqcountLatch} does not nest inside a write to it.
 */
package io.latchwork.seqlatch;
