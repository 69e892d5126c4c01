// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/**
 * What a grace period does, between the increment of the epoch and the scan, to the processors that its readers run on. It goes
 * with how readers that own a slot publish their sections: with a fence of their own, or without one.
 */
interface ReaderBarrier {
    /** How readers publish with this barrier. */
    ReaderMode mode();

    /**
     * Has every other processor that runs a thread of this process execute a full fence before this returns. Driver of the grace
     * period only, so never by two threads of one domain at once.
     *
     * @throws IllegalStateException if that cannot be had; then the grace period must not go on
     */
    void run();

    /** Readers fence for themselves, and the fence of the grace period is all there has to be. */
    static ReaderBarrier none(final String reason) {
        final ReaderMode mode = new ReaderMode(false, reason);
        return new ReaderBarrier() {
            @Override
            public ReaderMode mode() {
                return mode;
            }

            @Override
            public void run() {
            }
        };
    }

    /** The barrier for readers without fences if it was asked for and can be had, else none, with the reason. */
    static ReaderBarrier choose(final boolean asymmetric) {
        if (!asymmetric) {
            return none("asymmetric readers were not asked for");
        }
        final String obstacle = AsymmetricGate.obstacle();
        return obstacle == null ? Membarrier.orNone() : none(obstacle);
    }
}
