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
     * Makes a hash map with one timer in each element. The caller holds its first user reference.
     *
     * @param name used in reports
     * @param maxEntries how many elements fit, and how many control blocks there may be; 1 to 2^26
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
     * Makes a hash map with one timer in each element and a quota of its own on control blocks.
     *
     * @param name used in reports
     * @param maxEntries how many elements fit; 1 to 2^26
     * @param maxTimers how many timers may be initialised at one time; 0 to maxEntries
     * @param <K> the key type
     * @param <V> the value type
     * @return the map
     * @throws IllegalArgumentException if a size is out of range
     * @throws IllegalStateException if the runtime is closed
     */
    <K, V> BpfHashMap<K, V> hashMap(String name, int maxEntries, int maxTimers);

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
     * The agents that do the work of this runtime: one a base, and one for housekeeping. When the runtime was
     * {@linkplain AsyncRuntimeBuilder#launch() launched} they run on threads of their own and must not be called; when
     * it was only {@linkplain AsyncRuntimeBuilder#build() built}, the caller runs each of them, one thread at a time.
     *
     * @return an unmodifiable list; the housekeeping agent is the last
     */
    List<Agent> agents();

    /**
     * The earliest time at which a base has something to do.
     *
     * @return nanoseconds on {@link #clock()}, never later than the earliest armed deadline; {@link Long#MAX_VALUE} if
     *     nothing is queued. An owner of a base may use it to bound its wait; to others it is a snapshot
     */
    long nextDeadlineNs();

    /**
     * Closes every map, drops every program's first reference, runs what became due to be freed, and stops the threads.
     * Idempotent. From a callback it does all that does not wait and leaves the rest to a thread of its own or, if the
     * runtime was only built, to whoever runs its agents; from anywhere else it waits for it, at most as long as the
     * builder says.
     */
    @Override
    void close();
}
