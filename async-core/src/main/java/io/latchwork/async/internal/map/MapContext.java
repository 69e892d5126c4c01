// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.map;

import io.latchwork.async.CallbackErrorHandler;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.timer.TimeLine;
import io.latchwork.async.internal.timer.TimerBase;
import io.latchwork.rcu.Rcu;

/**
 * What the maps of a runtime share.
 *
 * @param owner the runtime itself, to tell foreign programs by
 * @param rcu the domain that guards elements and blocks
 * @param time where deadlines are measured
 * @param bases the bases, at least one
 * @param timerCap the cap on control blocks of all maps together
 * @param errors told what callbacks throw
 */
public record MapContext(Object owner, Rcu rcu, TimeLine time, TimerBase[] bases, Quota timerCap,
        CallbackErrorHandler errors) {

    /** The base on which the timer of an element with this hash expires. */
    TimerBase homeBase(int hash) {
        return bases.length == 1 ? bases[0] : bases[(hash >>> 1 & 0x7fff_ffff) % bases.length];
    }

    /**
     * The base whose callback the calling thread is in.
     *
     * @return null outside of callbacks
     */
    public TimerBase callingBase() {
        for (TimerBase base : bases) {
            if (base.isCallingThread()) {
                return base;
            }
        }
        return null;
    }
}
