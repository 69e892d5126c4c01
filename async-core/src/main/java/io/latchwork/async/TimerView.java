// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import java.util.List;

/**
 * The timers of a map as seen from outside: what is armed, with key and expiry, and a way to change it by key. It stops
 * nobody.
 *
 * <p><b>Context:</b> {@link #armed()} allocates and is for task context; the others are for any, NMI included, and differ
 * from the calls of {@link BpfTimer} only in finding the element first.
 *
 * <p>This is what the first draft of {@code bpf_timer}, a map of timers that can be listed, was wanted for.
 *
 * @param <K> the key type of the map
 */
public interface TimerView<K> {
    /**
     * Lists the armed timers in the order of their deadlines, those on different clocks by how long they still have to
     * wait. Weakly consistent: a timer that is armed with one deadline all the time is in it once, with that deadline; what
     * is armed, re-armed or cancelled meanwhile may be in it or not.
     *
     * @return a new list that can not be changed
     */
    List<ArmedTimer<K>> armed();

    /**
     * Arms or re-arms the timer of a key.
     *
     * @param key the key
     * @param nsec as for {@link BpfTimer#start}
     * @param flags as for {@link BpfTimer#start}
     * @return as {@link BpfTimer#start}; {@link Status#ENOENT} also if the key is not there
     */
    Status start(K key, long nsec, int flags);

    /**
     * Disarms the timer of a key without waiting.
     *
     * @param key the key
     * @return as {@link BpfTimer#cancelAsync}; {@link Status#ENOENT} also if the key is not there
     */
    Status cancelAsync(K key);

    /**
     * Cancels and frees the timer of a key; the element stays, and its timer may be initialised again.
     *
     * @param key the key
     * @return {@link Status#OK}; {@link Status#EINVAL} for a null key or a timer that is not initialised;
     *     {@link Status#ENOENT} if the key is not there
     */
    Status delete(K key);
}
