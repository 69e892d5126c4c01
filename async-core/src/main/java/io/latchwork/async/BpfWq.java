// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A work embedded in a map element: deferred to a kworker, where it may block.
 *
 * <p>An item is idle, pending, running, or running and pending again. Starts of a pending item come together in one run; a
 * start of a running one leads to one run more. An item never runs on two workers at once. What was written before a start
 * is seen by the run that it leads to.
 *
 * <p>Life is as a {@link BpfTimer timer}'s: {@link #init(BpfMap)} gives the element a control block, {@link #setCallback}
 * says what to run, {@link #start()} queues; deleting or updating the element, or closing the map, takes a pending run back
 * and frees the block, while one that is running goes on.
 *
 * <p><b>Context:</b> everything but {@link #cancel()} and {@link #flush()} may be called from any thread, from callbacks
 * and in NMI; these calls are lock-free and never wait. They allocate nothing, but for the first {@code init} in a map.
 *
 * <p>Modelled on {@code bpf_wq} and the work items of Linux; {@code cancel} and {@code flush} are what the original has for
 * itself but not for its users.
 *
 * @param <K> the key type of the map
 * @param <V> the value type of the map
 */
public interface BpfWq<K, V> {
    /**
     * Gives the element's work a control block. Nothing is pending yet.
     *
     * @param map the map that the element is in
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null argument or another map; {@link Status#EBUSY} if
     *     initialised already; {@link Status#EPERM} if the map has no user reference; {@link Status#ENOMEM} if the
     *     map's quota or the runtime's cap is used up; {@link Status#ENOENT} if the element is gone
     */
    default Status init(BpfMap<K, V> map) {
        return init(map, 0);
    }

    /**
     * {@link #init(BpfMap)} with flags.
     *
     * @param map the map that the element is in
     * @param flags 0; none is defined
     * @return as there; {@link Status#EINVAL} also for an unknown flag
     */
    Status init(BpfMap<K, V> map, int flags);

    /**
     * Says what to run. Allowed at any time; runs that begin after this returned run the new callback.
     *
     * @param prog the program that owns the callback; the work holds a reference on it from now on
     * @param callback the code
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null argument, a foreign program or a work that is not
     *     initialised; {@link Status#ENOENT} if the program is dead or the element is gone; {@link Status#EBUSY} if so
     *     many writers of this work are stalled in mid-call that no slot is free
     */
    default Status setCallback(BpfProg prog, WorkCallback<K, V> callback) {
        return setCallback(prog, callback, 0);
    }

    /**
     * {@link #setCallback(BpfProg, WorkCallback)} with flags.
     *
     * @param prog the program that owns the callback
     * @param callback the code
     * @param flags 0; none is defined
     * @return as there; {@link Status#EINVAL} also for an unknown flag
     */
    Status setCallback(BpfProg prog, WorkCallback<K, V> callback, int flags);

    /**
     * Queues the work.
     *
     * @return {@link Status#OK} if this start leads to a run of its own; {@link Status#PENDING} if it was pending, so that
     *     the run to come serves this start too; {@link Status#EINVAL} if not initialised or without a callback;
     *     {@link Status#ENOENT} if the element is gone or the work is being destroyed; {@link Status#ECANCELED} from the
     *     work's own callback, if somebody cancelled it meanwhile
     */
    default Status start() {
        return start(0);
    }

    /**
     * {@link #start()} with flags.
     *
     * @param flags 0; none is defined
     * @return as there; {@link Status#EINVAL} also for an unknown flag
     */
    Status start(int flags);

    /**
     * Takes a pending run back without waiting. When the callback is running, its own starts are refused with
     * {@link Status#ECANCELED} from now on, until somebody else starts the work; a callback that cancels its own work
     * takes back what it started and refuses itself nothing. The callback stays set.
     *
     * @return {@link Status#CANCELLED} if a pending run was taken back; {@link Status#IDLE} if there was none;
     *     {@link Status#RUNNING} if there was none and the callback is running now; {@link Status#EINVAL} if not
     *     initialised; {@link Status#ENOENT} if the element is gone or the work is being destroyed
     */
    Status cancelAsync();

    /**
     * Takes a pending run back, waits for a callback that is running, takes back what that callback started, and drops
     * callback and program: the next start needs {@link #setCallback} first.
     *
     * <p><b>Blocks</b> until the running callback returns. <b>Context:</b> not in NMI, not in a timer's callback, not in a
     * read section of the caller's own; in a work's callback only where the wait does not lead back to it.
     *
     * @return {@link Status#CANCELLED} if a pending run was taken back; {@link Status#IDLE} if there was none;
     *     {@link Status#EINVAL} if not initialised; {@link Status#ENOENT} if the element is gone or the work is being
     *     destroyed; {@link Status#EDEADLK} from the work's own callback, or if the running callback waits for the
     *     caller's; {@link Status#EOPNOTSUPP} in a context that must not wait. A refusal changes nothing
     */
    Status cancel();

    /**
     * Waits until what is pending or running now has ended: until the run that a start before this call leads to is over, or
     * was taken back. What is started meanwhile is not waited for, so a work that starts itself again and again is flushed
     * all the same.
     *
     * <p><b>Blocks.</b> <b>Context:</b> as {@link #cancel()}. In a callback it keeps a kworker from the works it waits for: where
     * there is but one, it is refused; where there are more, not all of them should flush at one time.
     *
     * @return {@link Status#OK} if there was something to wait for; {@link Status#IDLE} if not; {@link Status#EINVAL} if
     *     not initialised; {@link Status#ENOENT} if the element is gone; {@link Status#EDEADLK} and
     *     {@link Status#EOPNOTSUPP} as for {@link #cancel()}, and {@link Status#EDEADLK} also on the only kworker, for a
     *     pending work, which could run only when the caller has returned
     */
    Status flush();
}
