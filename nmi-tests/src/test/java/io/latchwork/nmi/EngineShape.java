// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

/** What state the timer of key 1 is in when the calls begin. */
public enum EngineShape {
    /** Not initialised. */
    BARE,
    /** Initialised, without a callback. */
    UNBOUND,
    /** With a callback, never armed. */
    IDLE,
    /** Armed and cancelled: its entry is still in the base's heap. */
    CANCELLED,
    /** Armed, and on the base's queue: the base has not looked yet. */
    QUEUED,
    /** Armed, and in the base's heap. */
    ARMED,
    /** As ARMED, and the deadline has passed, as has that of the other timer. */
    EXPIRED,
    /** As ARMED, and an element with an armed timer and a dead program wait for a grace period. */
    GARBAGE
}
