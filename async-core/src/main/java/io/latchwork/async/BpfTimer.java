// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * A timer embedded in a map element: armed, re-armed and cancelled from anywhere.
 *
 * <p>Life: {@link #init} gives the element a control block, {@link #setCallback} says what to run, {@link #start} arms,
 * {@link #cancelAsync} or {@link #cancel} disarms. Deleting or updating the element, or closing the map, cancels the
 * timer and frees the block.
 *
 * <p><b>Context:</b> everything but {@link #cancel()} may be called from any thread, from callbacks, and from code that
 * interrupts another call of the same thread at any point (NMI); these calls are lock-free, allocate nothing and
 * never wait. <b>Ordering:</b> what a thread did before {@code start} is visible to the callback that the start
 * leads to.
 *
 * <p>Modelled on {@code bpf_timer} of Linux.
 *
 * @param <K> the key type of the map
 * @param <V> the value type of the map
 */
public interface BpfTimer<K, V> {
    /** Flag of {@link #start}: the time is an absolute deadline on the timer's clock, not a delay. */
    int TIMER_ABS = 1;

    /**
     * Flag of {@link #start}: the timer expires on the base that the calling thread is bound to: the base whose callbacks it is
     * running, or the one given to {@link AsyncRuntime#bindThread}. A thread that is bound to none leaves the timer where it is.
     * The base is that of the call, not of whoever carries it out. The timer stays there until another pinned start.
     */
    int TIMER_CPU_PIN = 2;

    /** The largest leeway of {@link #init(BpfMap, ClockId, long)} in nanoseconds: 30 minutes. */
    long MAX_LEEWAY_NS = 1_800_000_000_000L;

    /**
     * Gives the element's timer a control block. Nothing is armed yet.
     *
     * @param map the map that the element is in
     * @param clock the clock of the deadlines
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null argument or another map; {@link Status#EBUSY} if
     *     initialised already; {@link Status#EPERM} if the map has no user reference; {@link Status#ENOMEM} if the
     *     map's quota or the runtime's cap is used up; {@link Status#ENOENT} if the element is gone
     */
    Status init(BpfMap<K, V> map, ClockId clock);

    /**
     * Gives the element's timer a control block, and its expiries a leeway: each may be delivered at any time from its
     * deadline to its deadline plus the leeway. The base is woken for the end of that span only, and when it is awake for
     * whatever reason it delivers what may be; so timers with a leeway share wake-ups. A timer <b>never fires before its
     * deadline</b>. Timers fire in the order in which their spans end; one whose span ends later never goes before one that
     * must wait.
     *
     * <p>The leeway is the timer's until it is freed. An implementation may make no use of it.
     *
     * @param map the map that the element is in
     * @param clock the clock of the deadlines
     * @param leewayNs nanoseconds, 0 to {@link #MAX_LEEWAY_NS}; counts in steps of 1024, rounded down
     * @return as {@link #init(BpfMap, ClockId)}; {@link Status#EINVAL} for a leeway out of range, too
     */
    default Status init(BpfMap<K, V> map, ClockId clock, long leewayNs) {
        return leewayNs < 0 || leewayNs > MAX_LEEWAY_NS ? Status.EINVAL : init(map, clock);
    }

    /**
     * Says what to run at expiry. Allowed at any time, also while the timer is armed or its callback runs; expiries that
     * come after this returned run the new callback.
     *
     * @param prog the program that owns the callback; the timer holds a reference on it from now on
     * @param callback the code
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null argument, a foreign program or a timer that is not
     *     initialised; {@link Status#ENOENT} if the program is dead or the timer is being destroyed;
     *     {@link Status#EBUSY} if so many writers of this timer are stalled in mid-call that no slot is free
     */
    Status setCallback(BpfProg prog, TimerCallback<K, V> callback);

    /**
     * Arms the timer, or re-arms it in place: the old expiry is forgotten, exactly one expiry results. Pushing a
     * deadline out costs one compare-and-set and wakes nobody.
     *
     * <p>An absolute start looks at no clock, a relative one looks once, or not at all: {@link AsyncRuntimeBuilder#cachedClock}.
     *
     * <p>Never fires early. A delay of zero or less and a deadline in the past fire at once, on the base, never on the
     * caller. Deadlines saturate: one more than about 146 years after the start of the runtime, or on
     * {@link ClockId#REALTIME} after 1970, means never.
     *
     * @param nsec nanoseconds from now; with {@link #TIMER_ABS}, the time on the clock
     * @param flags 0, {@link #TIMER_ABS}, {@link #TIMER_CPU_PIN}, or both
     * @return {@link Status#OK}, or {@link Status#REARMED} if it was armed; {@link Status#EINVAL} if not initialised,
     *     without a callback, or for an unknown flag; {@link Status#ENOENT} if the element is gone or the timer is being
     *     destroyed; {@link Status#ECANCELED} from the timer's own callback, if somebody cancelled it meanwhile
     */
    Status start(long nsec, int flags);

    /**
     * Disarms the timer without waiting. What was armed does not start any more after {@link Status#CANCELLED}, and
     * nothing starts after {@link Status#IDLE}, before the next start: cancelling is linearizable though nothing
     * waited. So each start is answered for once: it fires, or it is taken back, or a later start replaces it. The
     * callback stays set.
     *
     * <p>An expiry that was taken <em>before</em> the start that is cancelled here is another matter: when a timer is
     * re-armed while its callback runs, or is about to, {@code CANCELLED} takes back the re-arming and leaves that
     * callback alone.
     *
     * <p>Cancelling also speaks to the callback that is running: its own starts are refused with
     * {@link Status#ECANCELED} from now on, until somebody else starts the timer. (Without that, a periodic timer could be
     * cancelled again and again and never stop.) A callback that cancels its own timer takes back what it armed and refuses
     * itself nothing.
     *
     * @return {@link Status#CANCELLED} if an armed expiry was taken back; {@link Status#IDLE} if there was none;
     *     {@link Status#RUNNING} if there was none and the callback is running now; {@link Status#EINVAL} if not
     *     initialised; {@link Status#ENOENT} if the element is gone or the timer is being destroyed
     */
    Status cancelAsync();

    /**
     * Disarms the timer, waits for a callback that is running, takes back what that callback re-armed, and drops
     * callback and program: the next start needs {@link #setCallback} first.
     *
     * <p><b>Blocks</b> until the running callback returns. <b>Context:</b> not in NMI, not in a read section of the
     * caller's own; in a callback only of a timer whose wait does not lead back to it.
     *
     * @return {@link Status#CANCELLED} if an armed expiry was taken back; {@link Status#IDLE} if there was none;
     *     {@link Status#EINVAL} if not initialised; {@link Status#ENOENT} if the element is gone or the timer is being
     *     destroyed; {@link Status#EDEADLK} from the timer's own callback, or if the running callback waits for the
     *     caller's; {@link Status#EOPNOTSUPP} in a context that must not wait. A refusal changes nothing
     */
    Status cancel();
}
