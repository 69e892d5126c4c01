// SPDX-License-Identifier: Apache-2.0

/**
 * Timers that may be armed, re-armed and cancelled from anywhere: any thread, a callback, a hook that interrupted
 * another call of the same thread, and while other threads are stopped.
 *
 * <h2>Life of a timer or a work</h2>
 * A {@link io.latchwork.async.BpfMap map} holds elements; each embeds one {@link io.latchwork.async.BpfTimer timer} and one
 * {@link io.latchwork.async.BpfWq work}. {@code init} attaches a pooled control block, {@code setCallback} binds code that a
 * {@link io.latchwork.async.BpfProg program} owns, {@code start} arms; the owner thread of a base calls a timer back, a kworker
 * runs a work. Deleting the element, replacing its value, evicting it or closing the map detaches the block; it goes back to
 * its pool when nothing refers to it and a grace period has passed. A {@link io.latchwork.async.AsyncTimer} needs no map.
 *
 * <h2>Who may call what</h2>
 * <table>
 * <caption>Calls and contexts</caption>
 * <tr><th>call</th><th>any thread</th><th>callback</th><th>NMI</th><th>progress</th></tr>
 * <tr><td>init, setCallback, start, cancelAsync</td><td>yes</td><td>yes</td><td>yes</td><td>lock-free</td></tr>
 * <tr><td>map lookup</td><td>yes</td><td>yes</td><td>yes</td><td>wait-free in the bucket's length</td></tr>
 * <tr><td>map update, delete, forEach, open, release, close</td><td>yes</td><td>yes</td><td>yes</td><td>lock-free</td></tr>
 * <tr><td>program release, close</td><td>yes</td><td>yes</td><td>yes</td><td>wait-free</td></tr>
 * <tr><td>timer cancel</td><td>yes</td><td>where the wait does not lead back</td><td>no</td><td>blocking</td></tr>
 * <tr><td>work cancel, flush</td><td>yes</td><td>a work's, as above; not a timer's</td><td>no</td><td>blocking</td></tr>
 * <tr><td>pin, unpin, openPinned, bindThread</td><td>yes</td><td>yes</td><td>no</td><td></td></tr>
 * <tr><td>runtime close</td><td>yes</td><td>yes, returns at once</td><td>yes, returns at once</td><td>blocking, bounded</td></tr>
 * </table>
 *
 * <h2>Refusals</h2>
 * Every call answers one {@link io.latchwork.async.Status}; a refusal changes nothing. The engine lives in packages that
 * are not exported.
 */
package io.latchwork.async;
