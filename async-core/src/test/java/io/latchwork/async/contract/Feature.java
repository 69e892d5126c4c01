// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import java.util.EnumSet;
import java.util.Set;

/** A part of the API that a variant may lack; it then answers EOPNOTSUPP or throws UnsupportedOperationException. */
public enum Feature {
    /** Calls that never wait work in NMI. */
    NMI("calls in NMI"),
    /** Works: {@code BpfWq}. */
    WORKS("works"),
    /** Array maps. */
    ARRAYS("arrays"),
    /** Hash maps that evict. */
    LRU("LRU maps"),
    /** Hash maps that are not preallocated. */
    GROWING("growing maps"),
    /** Outer maps. */
    MAP_IN_MAP("maps in maps"),
    /** Clocks other than MONOTONIC. */
    CLOCKS("clocks other than MONOTONIC"),
    /** TIMER_CPU_PIN and bindThread. */
    PIN("TIMER_CPU_PIN"),
    /** Timers without a map. */
    MAPLESS("timers without a map"),
    /** forEach and the view of a map's timers. */
    VIEWS("forEach and timer views"),
    /** audit. */
    AUDIT("audit"),
    /** A start that tells that it replaced an armed expiry. */
    REARMED("REARMED"),
    /** A callback that was cancelled while it ran can not start itself again. */
    CANCEL_STICKS("the refusal of a cancelled callback's re-arming");

    private final String text;

    Feature(String text) {
        this.text = text;
    }

    /** All of them. */
    public static Set<Feature> all() {
        return EnumSet.allOf(Feature.class);
    }

    /** What to call it in a sentence. */
    @Override
    public String toString() {
        return text;
    }
}
