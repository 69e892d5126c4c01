// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * A set of bases, each with its owner thread, and the programs and maps that live on them.
 *
 * <p>There is no global runtime: make one, share it, close it. Two runtimes know nothing of each other.
 *
 * <p>Modelled on the {@code bpf_async} core of Linux.
 */
public interface AsyncRuntime extends AutoCloseable {
    /**
     * Starts a description of a runtime.
     *
     * @return a builder with the defaults
     */
    static AsyncRuntimeBuilder builder() {
        return new AsyncRuntimeBuilder();
    }

    /**
     * Loads a program. The caller holds its first reference.
     *
     * @param name used in reports
     * @param onUnload run once, on a worker thread, when the last reference is gone and a grace period has passed
     * @return the program
     * @throws IllegalStateException if the runtime is closed
     */
    BpfProg loadProgram(String name, Runnable onUnload);

    /**
     * Makes a preallocated hash map. The caller holds its first user reference.
     *
     * @param name used in reports
     * @param maxEntries how many elements fit, and how many timers, and how many works there may be; 1 to 2^26
     * @param <K> the key type
     * @param <V> the value type
     * @return the map
     * @throws IllegalArgumentException if the size is out of range
     * @throws IllegalStateException if the runtime is closed
     */
    default <K, V> BpfHashMap<K, V> hashMap(String name, int maxEntries) {
        return hashMap(name, maxEntries, maxEntries);
    }

    /**
     * Makes a preallocated hash map with a quota of its own on control blocks.
     *
     * @param name used in reports
     * @param maxEntries how many elements fit; 1 to 2^26
     * @param maxTimers how many timers, and how many works, may be initialised at one time; 0 to maxEntries
     * @param <K> the key type
     * @param <V> the value type
     * @return the map
     * @throws IllegalArgumentException if a size is out of range
     * @throws IllegalStateException if the runtime is closed
     */
    <K, V> BpfHashMap<K, V> hashMap(String name, int maxEntries, int maxTimers);

    /**
     * Makes a growing hash map: elements and control blocks are allocated when they are needed. The caller holds its first
     * user reference.
     *
     * @param name used in reports
     * @param maxEntries as for {@link #hashMap(String, int)}
     * @param <K> the key type
     * @param <V> the value type
     * @return the map
     * @throws IllegalArgumentException if the size is out of range
     * @throws IllegalStateException if the runtime is closed
     */
    <K, V> BpfHashMap<K, V> growingHashMap(String name, int maxEntries);

    /**
     * Makes a preallocated hash map that evicts. The caller holds its first user reference.
     *
     * @param name used in reports
     * @param maxEntries as for {@link #hashMap(String, int)}
     * @param <K> the key type
     * @param <V> the value type
     * @return the map
     * @throws IllegalArgumentException if the size is out of range
     * @throws IllegalStateException if the runtime is closed
     */
    <K, V> BpfLruHashMap<K, V> lruHashMap(String name, int maxEntries);

    /**
     * Makes an array. The caller holds its first user reference.
     *
     * @param name used in reports
     * @param maxEntries how many elements there are; 1 to 2^26
     * @param <V> the value type
     * @return the map
     * @throws IllegalArgumentException if the size is out of range
     * @throws IllegalStateException if the runtime is closed
     */
    <V> BpfArrayMap<V> arrayMap(String name, int maxEntries);

    /**
     * Makes an outer map with numbered places. The caller holds its first user reference.
     *
     * @param name used in reports
     * @param maxEntries how many places there are; 1 to 2^26
     * @param <I> the key type of the inner maps
     * @param <V> the value type of the inner maps
     * @return the map
     * @throws IllegalArgumentException if the size is out of range
     * @throws IllegalStateException if the runtime is closed
     */
    <I, V> BpfArrayOfMaps<I, V> arrayOfMaps(String name, int maxEntries);

    /**
     * Makes an outer map with keys. The caller holds its first user reference.
     *
     * @param name used in reports
     * @param maxEntries how many inner maps fit; 1 to 2^26
     * @param <K> the key type
     * @param <I> the key type of the inner maps
     * @param <V> the value type of the inner maps
     * @return the map
     * @throws IllegalArgumentException if the size is out of range
     * @throws IllegalStateException if the runtime is closed
     */
    <K, I, V> BpfHashOfMaps<K, I, V> hashOfMaps(String name, int maxEntries);

    /**
     * Makes a timer without a map, on {@link ClockId#MONOTONIC}, with its callback set. It is not armed.
     *
     * @param program the program that owns the callback
     * @param callback the code
     * @return the timer, to be closed
     * @throws StatusException {@link Status#EINVAL} for a null or foreign argument, {@link Status#ENOENT} for a dead program,
     *     {@link Status#ENOMEM} if the runtime's cap on control blocks is reached
     * @throws IllegalStateException if the runtime is closed
     */
    default AsyncTimer newTimer(BpfProg program, ExpiryCallback callback) {
        return newTimer(program, callback, ClockId.MONOTONIC);
    }

    /**
     * Makes a timer without a map, with its callback set. It is not armed.
     *
     * @param program the program that owns the callback
     * @param callback the code
     * @param clock the clock of its deadlines
     * @return the timer, to be closed
     * @throws StatusException as {@link #newTimer(BpfProg, ExpiryCallback)}
     * @throws IllegalStateException if the runtime is closed
     */
    AsyncTimer newTimer(BpfProg program, ExpiryCallback callback, ClockId clock);

    /**
     * Makes a timer without a map, with its callback set, and a leeway. It is not armed.
     *
     * @param program the program that owns the callback
     * @param callback the code
     * @param clock the clock of its deadlines
     * @param leewayNs how much later than its deadline an expiry may be delivered, in nanoseconds, 0 to
     *     {@link BpfTimer#MAX_LEEWAY_NS}; see {@link BpfTimer#init(BpfMap, ClockId, long)}
     * @return the timer, to be closed
     * @throws StatusException as {@link #newTimer(BpfProg, ExpiryCallback)}; {@link Status#EINVAL} for a leeway out of range
     * @throws IllegalStateException if the runtime is closed
     */
    default AsyncTimer newTimer(BpfProg program, ExpiryCallback callback, ClockId clock, long leewayNs) {
        if (leewayNs < 0 || leewayNs > BpfTimer.MAX_LEEWAY_NS) {
            Status.EINVAL.orThrow();
        }
        return newTimer(program, callback, clock);
    }

    /**
     * Pins a map by name: the name holds a user reference until {@link #unpin}, so the map outlives the handle that made it.
     * <b>Context:</b> task context; not in NMI.
     *
     * @param path the name
     * @param map a map or outer map of this runtime
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null argument or a map of another runtime; {@link Status#EEXIST}
     *     if the name is taken; {@link Status#ENOENT} if the map has no user reference any more; {@link Status#EOPNOTSUPP} in
     *     NMI; {@link Status#EPERM} if the runtime is closed
     */
    Status pin(String path, BpfContainer map);

    /**
     * Takes a name back, and drops the user reference that it held. <b>Context:</b> task context; not in NMI.
     *
     * @param path the name
     * @return {@link Status#OK}; {@link Status#EINVAL} for null; {@link Status#ENOENT} if nothing is pinned there;
     *     {@link Status#EOPNOTSUPP} in NMI
     */
    Status unpin(String path);

    /**
     * Looks up a pinned map and takes a user reference of it, which the caller drops by {@link BpfContainer#release()}.
     * <b>Context:</b> task context; not in NMI.
     *
     * @param path the name
     * @return the map, or null if nothing is pinned there
     */
    BpfContainer openPinned(String path);

    /**
     * Binds the calling thread to a base, for {@link BpfTimer#TIMER_CPU_PIN}; a thread that runs the agent of a base needs
     * no binding while it does. Lock-free. <b>Context:</b> any thread, not in NMI.
     *
     * @param base 0 to the number of bases - 1; -1 to unbind
     * @return {@link Status#OK}; {@link Status#EINVAL} for another number; {@link Status#E2BIG} if as many threads as the
     *     runtime keeps places for are bound; {@link Status#EOPNOTSUPP} in NMI
     */
    Status bindThread(int base);

    /**
     * The books: what is in use, and what is on its way back. Takes time proportional to what there is. <b>Context:</b> task
     * context; it allocates, and stops nobody.
     *
     * @return a snapshot
     */
    Audit audit();

    /**
     * The clock that deadlines are measured on.
     *
     * @return never null
     */
    AsyncClock clock();

    /**
     * Marks the calling thread as being in NMI: in code that interrupted something that cannot go on before it ends.
     * Calls that may have to wait are refused until {@link #nmiExit()}. Nests. Wait-free, allocates nothing.
     */
    void nmiEnter();

    /** Ends what {@link #nmiEnter()} began, on the same thread. */
    void nmiExit();

    /**
     * The agents that do the work of this runtime: one a base, and the kworkers. When the runtime was
     * {@linkplain AsyncRuntimeBuilder#launch() launched} they run on threads of their own and must not be called; when
     * it was only {@linkplain AsyncRuntimeBuilder#build() built}, the caller runs each of them, one thread at a time.
     *
     * @return an unmodifiable list; the bases first, in order
     */
    List<Agent> agents();

    /**
     * The earliest time at which a base has something to do.
     *
     * @return nanoseconds on {@link #clock()}, never later than the earliest armed deadline and its leeway;
     *     {@link Long#MAX_VALUE} if nothing is queued. An owner of a base may use it to bound its wait; to others it is a
     *     snapshot
     */
    long nextDeadlineNs();

    /**
     * Closes every map, timer and pin, drops every program's first reference, runs what became due to be freed, and stops the
     * threads. What was still armed is told to the {@link AsyncRuntimeBuilder#closeHandler handler} and kept in
     * {@link #audit()}. Idempotent. From a callback, and in NMI, it does all that does not wait and leaves the rest to a
     * thread of its own or, if the runtime was only built, to whoever runs its agents; from anywhere else it waits for it,
     * at most as long as the builder and the handler say.
     */
    @Override
    void close();
}
