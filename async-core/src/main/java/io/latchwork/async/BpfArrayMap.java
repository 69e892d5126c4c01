// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * An array of elements that are always there: keys are the numbers from 0 to {@link #maxEntries()} - 1, and the first value
 * of each is null.
 *
 * <p>{@link #delete} is refused with {@link Status#EINVAL} and changes nothing, as in the kernel; to be rid of an element's
 * timer, {@link #update} it. A key outside of the array is {@link Status#E2BIG} to {@code update} and
 * {@link Status#ENOENT} to {@code lookup}. When the last user reference goes, the elements do: handles answer
 * {@link Status#ENOENT}, {@code update} answers {@link Status#EPERM}, and {@link #size()} is 0.
 *
 * <p>Elements and the control blocks of their timers are allocated when the array is made, so that {@code update} and
 * {@code lookup} by index allocate nothing. Neighbouring elements have different home bases.
 *
 * <p>Modelled on {@code BPF_MAP_TYPE_ARRAY} of Linux.
 *
 * @param <V> the value type
 */
public interface BpfArrayMap<V> extends BpfMap<Integer, V> {
    /**
     * {@link #lookup(Object, MapElement)} without boxing.
     *
     * @param index the key
     * @param handle a handle of this map
     * @return as there
     */
    Status lookupAt(int index, MapElement<Integer, V> handle);

    /**
     * {@link #update(Object, Object)} without boxing.
     *
     * @param index the key
     * @param value the value
     * @return as there
     */
    Status updateAt(int index, V value);
}
