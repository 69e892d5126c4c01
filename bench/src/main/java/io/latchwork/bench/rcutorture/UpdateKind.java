// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/** The ways of an updater to let a grace period pass; one is chosen at random for each update. */
enum UpdateKind {
    CALL(true),
    TRY_CALL(true),
    CALL_THROTTLED(true),
    SYNC(false),
    SYNC_TIMED(false),
    SYNC_EXPEDITED(false),
    COND(false),
    POLL(false);

    /** Whether somebody is called back; if not, the updater waits. */
    final boolean callsBack;

    UpdateKind(final boolean callsBack) {
        this.callsBack = callsBack;
    }
}
