// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.rcu.RcuHead;

/** Something to be run after a grace period; free to be queued again when {@link #run()} is called. */
abstract class Callback extends RcuHead {
    abstract void run();

    @Override
    protected final void reclaim() {
        run();
    }
}
