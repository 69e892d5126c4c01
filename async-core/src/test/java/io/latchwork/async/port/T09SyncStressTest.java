// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import org.junit.jupiter.api.Test;

/**
 * The original: 8 threads, 10000 times each: update the element (which frees its timer), init, set the callback,
 * start(0), cancel and wait; the callback re-arms itself. Here every single answer is checked, not only that the
 * programs end well.
 */
class T09SyncStressTest extends SyncStressCase {
    @Override
    Status cancel(BpfTimer<Integer, String> timer) {
        return timer.cancel();
    }

    @Test
    void everyAnswerOfAStormOfUpdatesStartsAndCancelsIsAllowed() {
        answers.allow("cancel", Status.CANCELLED, Status.IDLE, Status.EINVAL, Status.ENOENT);
        stress();
    }
}
