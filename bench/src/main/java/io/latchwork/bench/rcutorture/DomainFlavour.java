// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.rcu.Rcu;
import io.latchwork.rcu.RcuSlot;

/** A domain of {@link Rcu}, with readers of either mode. Not final so that one call of it can be broken on purpose. */
class DomainFlavour implements Flavour {
    private final Rcu rcu;

    DomainFlavour(final Setup setup) {
        rcu = setup.newDomain();
    }

    @Override
    public Object readLock() {
        return rcu.readLock();
    }

    @Override
    public void readUnlock(final Object token) {
        ((RcuSlot) token).unlock();
    }

    @Override
    public boolean isReadHeld() {
        return rcu.isReadHeld();
    }

    @Override
    public void nmiEnter() {
        rcu.nmiEnter();
    }

    @Override
    public void nmiExit() {
        rcu.nmiExit();
    }

    @Override
    public void callRcu(final Callback callback) {
        rcu.callRcu(callback);
    }

    @Override
    public boolean tryCallRcu(final Callback callback) {
        return rcu.tryCallRcu(callback);
    }

    @Override
    public void callRcuThrottled(final Callback callback) throws InterruptedException {
        rcu.callRcuThrottled(callback);
    }

    @Override
    public void synchronize() throws InterruptedException {
        rcu.synchronize();
    }

    @Override
    public boolean synchronize(final long timeoutNs) throws InterruptedException {
        return rcu.synchronize(timeoutNs);
    }

    @Override
    public void synchronizeExpedited() throws InterruptedException {
        rcu.synchronizeExpedited();
    }

    @Override
    public long startPoll() {
        return rcu.startPoll();
    }

    @Override
    public boolean poll(final long cookie) {
        return rcu.poll(cookie);
    }

    @Override
    public void condSynchronize(final long cookie) throws InterruptedException {
        rcu.condSynchronize(cookie);
    }

    @Override
    public void barrier() throws InterruptedException {
        rcu.barrier();
    }

    @Override
    public long gracePeriods() {
        return rcu.stats().gracePeriods();
    }

    @Override
    public long autoReleased() {
        return rcu.stats().autoReleased();
    }

    @Override
    public long backlog() {
        return rcu.stats().backlog();
    }

    @Override
    public void close() {
        rcu.close();
    }
}
