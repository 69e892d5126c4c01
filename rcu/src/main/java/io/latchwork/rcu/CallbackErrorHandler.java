// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/** Told about a callback that threw. */
@FunctionalInterface
public interface CallbackErrorHandler {
    /**
     * Called right after the failed callback, before the next one. What this throws is dropped; the error is counted in
     * {@link RcuStats#callbackErrors()} either way.
     *
     * <p><b>Context:</b> as for {@link RcuHead#reclaim()}; must not block.
     *
     * @param head the head whose {@code reclaim()} threw; it may be queued again already
     * @param error what it threw
     */
    void onError(RcuHead head, Throwable error);
}
