// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import org.junit.jupiter.api.Test;

/** The original: as T09 with the cancel that does not wait; the port changes as there. */
class T10AsyncStressTest extends SyncStressCase {
    @Override
    Status cancel(BpfTimer<Integer, String> timer) {
        return timer.cancelAsync();
    }

    @Test
    void everyAnswerOfAStormOfUpdatesStartsAndAsyncCancelsIsAllowed() {
        answers.allow("cancel", Status.CANCELLED, Status.IDLE, Status.RUNNING, Status.EINVAL, Status.ENOENT);
        stress();
    }
}
