// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

/** What the torture needs of an implementation of RCU, for which it knows no other way in. */
interface Flavour extends AutoCloseable {
    /** Opens a section, or a level of one, and returns its token; tokens need not be given back in order. */
    Object readLock();

    /** Ends the section, or the level, that returned the token. */
    void readUnlock(Object token);

    /** Whether this thread is in a section for sure; false for a reader that is only counted. */
    boolean isReadHeld();

    /** Marks that this thread has interrupted something. */
    void nmiEnter();

    /** Takes the mark back. */
    void nmiExit();

    void callRcu(Callback callback);

    /** As {@link #callRcu}, unless there are too many: then false, and nothing is queued. */
    boolean tryCallRcu(Callback callback);

    void callRcuThrottled(Callback callback) throws InterruptedException;

    void synchronize() throws InterruptedException;

    /** False if the time was up. */
    boolean synchronize(long timeoutNs) throws InterruptedException;

    void synchronizeExpedited() throws InterruptedException;

    /** A cookie that is done when a grace period has passed from now, and asks for that grace period. */
    long startPoll();

    boolean poll(long cookie);

    void condSynchronize(long cookie) throws InterruptedException;

    void barrier() throws InterruptedException;

    /** Grace periods that ended so far. */
    long gracePeriods();

    /** Sections that were ended in the name of a thread that had died in them. */
    long autoReleased();

    /** Callbacks queued and not run. */
    long backlog();

    @Override
    void close();
}
