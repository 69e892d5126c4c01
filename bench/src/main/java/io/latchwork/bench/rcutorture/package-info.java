// SPDX-License-Identifier: Apache-2.0

/**
 * A torture test of {@link io.latchwork.rcu.Rcu}: readers of every sort against updaters of every sort, for as long as asked.
 *
 * <h2>What shows a grace period that was too short</h2>
 * One writer takes items from a pool and publishes them one after another. An item that was replaced has age 1, and
 * gets one year older with each grace period; at ten it is poisoned and goes back to the pool. A reader looks at its
 * item when its section <em>ends</em>: age 2 or more means that a grace period passed while the section was open. The
 * item's contents are checked as well, so are the grace periods counted during the section, and cookies: one made
 * inside a section is not done before it ends, one made before a wait is done after it, and one that was done stays so.
 *
 * <h2>What shows one that does not end, and what is lost</h2>
 * A writer that does not get on, a flood of callbacks and a callback that queues itself for ever, against readers that
 * hardly pause; a barrier that comes back with callbacks missing; items that did not find their way home by the time
 * the writer paused; readers that died inside and were not let go; a stalled reader that nobody reported.
 *
 * <h2>What shows that it would show</h2>
 * Flavours that are broken on purpose ({@link io.latchwork.bench.rcutorture.RcuTorture} lists them): a run of one must fail.
 *
 * <p>Modelled on the kernel's rcutorture, as a design; the code is this project's own.
 */
package io.latchwork.bench.rcutorture;
