// SPDX-License-Identifier: Apache-2.0

/**
 * Deferred work that any context may queue without blocking: an item that exists beforehand is put on a lock-free
 * list, and a worker, one thread, runs it soon after.
 *
 * <h2>The parts</h2>
 * <pre>
 * IrqWork          an item: what to run, and whether it is pending or running
 * IrqWorkQueue     takes items from anywhere, runs them on one thread, in order
 * Llist            the list under it: push one, take all
 * Raiser           makes a worker look:     BusySpinIdle, HybridIdle, ParkIdle
 * IrqWorker        the duty cycle:          the queue, then a DeadlineSource
 * </pre>
 *
 * <h2>When to use it</h2>
 * <ul>
 * <li>Something has to be done that the caller may not do where it is: it is inside another call, a callback, or a
 *     place that must not wait, allocate or take a lock.</li>
 * <li>Many requests may be served by one run: queueing an item that is pending is one instruction.</li>
 * </ul>
 *
 * <h2>When not to use it</h2>
 * <ul>
 * <li>For a queue of messages: an item carries no payload per call, and calls are merged.</li>
 * <li>For long or blocking work: it delays all other items of the worker. Hand that to an executor from a run.</li>
 * <li>When the caller needs to know that the work <em>is done</em>: {@code sync} waits, but it may not be called from
 *     places that must not wait.</li>
 * </ul>
 *
 * <h2>Who may run with whom</h2>
 * "-": no coordination needed, nested on one thread too; "1": one thread at a time, the owner; "no": refused.
 * <pre>
 *                               doWork, run, close     sync     inside a run
 * queue, queueLazy, queueHard          -                -            -
 * raise                                -                -            -
 * doWork, run, close                   1                -            no
 * sync                                 -                -            no
 * idle, idle(int), reset               1                -            not meant
 * </pre>
 *
 * <h2>Which way to queue</h2>
 * <pre>
 *              raises the worker             is run
 * queue        if the list was empty         soon
 * queueLazy    never                         in the next duty cycle, at most one lazy tick later
 * queueHard    always                        soon
 * </pre>
 *
 * <h2>What is promised when somebody stalls</h2>
 * A caller that is suspended for good inside any of these calls keeps no other call from finishing. It can delay two
 * things: an item that it claimed and did not push is not run; and if it stalls between a push that met an empty list
 * and the raise, a parked worker sees that list one lazy tick later at the latest.
 */
package io.latchwork.irqwork;
