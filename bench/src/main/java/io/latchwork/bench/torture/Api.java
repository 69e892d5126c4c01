// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.Audit;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;

/**
 * The calls of a round that a test may put a bug into, to see that the checker finds it: a runtime with that bug, as seen from
 * outside. This one has none.
 */
class Api {
    BpfProg load(AsyncRuntime rt, String name, Runnable onUnload) {
        return rt.loadProgram(name, onUnload);
    }

    <K, V> Status setCallback(BpfTimer<K, V> timer, BpfProg program, TimerCallback<K, V> callback) {
        return timer.setCallback(program, callback);
    }

    Status start(BpfTimer<?, ?> timer, long nsec, int flags) {
        return timer.start(nsec, flags);
    }

    Status cancelAsync(BpfTimer<?, ?> timer) {
        return timer.cancelAsync();
    }

    <K, V> Status delete(BpfMap<K, V> map, K key) {
        return map.delete(key);
    }

    Audit audit(AsyncRuntime rt) {
        return rt.audit();
    }
}
