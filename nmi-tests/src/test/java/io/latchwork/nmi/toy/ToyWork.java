// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.toy;

import io.latchwork.irqwork.IrqWork;
import io.latchwork.irqwork.IrqWorkQueue;

/** A work item that looks at a number; its run has points, too. */
public final class ToyWork extends IrqWork {

    private int stored;
    private int seen;
    private int runs;

    @Override
    protected void run() {
        runs++;
        seen = stored;
    }

    /** Stores something, then asks for a run that sees it. */
    public String storeAndQueue(final IrqWorkQueue queue) {
        stored++;
        return queue.queue(this).name();
    }

    /** Whether the last run saw the last store. */
    public boolean upToDate() {
        return seen == stored;
    }

    public int runs() {
        return runs;
    }
}
