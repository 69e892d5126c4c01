// SPDX-License-Identifier: Apache-2.0

/**
 * Read-copy-update: readers that pay a few nanoseconds and never wait, updaters that wait for readers.
 *
 * <h2>The grace period in ten sentences</h2>
 * A reader brackets its reads: that is a section. An updater first takes an object out of reach, so that no new section can find
 * it. Sections that are open at that moment may still hold it. A grace period is any time in which all of those have ended. After
 * one the object belongs to the updater alone. The domain keeps a number, the epoch, and every section publishes the epoch it began in. A
 * grace period adds one to the epoch and waits for all sections with a smaller one. New sections are not waited for, so it ends even
 * if there is never a moment without readers. Many updaters can share one grace period. Nothing but a reader that does not end can hold one up.
 *
 * <h2>Costs</h2>
 * {@code readLock} with {@code unlock} costs one atomic operation and less than 0.5 ns more on a thread with its slot: 2 to 6 ns,
 * by machine; about 1 ns more on a leased slot, two atomic additions on a counter. The operation is a fence, which waits for the
 * store buffer, so stores that miss the cache just before a section make it dearer. A domain with
 * {@linkplain io.latchwork.rcu.Rcu.Builder#asymmetric(boolean) asymmetric readers} spares them the fence: 1 to 3 ns, whatever was
 * stored before. {@code callRcu} is two atomic operations. A grace period scans all slots once: a few microseconds for the
 * default sizes; with asymmetric readers it is a few microseconds longer. An idle domain uses no processor time.
 * A domain with default sizes takes about 110 kB.
 *
 * <h2>Limits</h2>
 * <ul>
 * <li>The first load of a protected reference in a section must be a volatile one.
 * <li>Tokens are given back on the thread that took them; sections of one thread need not be nested strictly.
 * <li>What was read is protected until the token is given back under which it was read. Sections of one thread that overlap are
 *     one section on an owned slot, and only there: taking the next token before giving back the last hands no protection over.
 * <li>A section that never ends stops grace periods, and the backlog grows: it is reported (see {@link io.latchwork.rcu.StallListener}); a thread
 *     that dies inside is found and released. Counter-tier readers are anonymous: a count can be reported, nothing released.
 * <li>An error thrown asynchronously inside {@code readLock} or {@code unlock}, such as a stack overflow, may leave a level open.
 * <li>"Allocates nothing" speaks of this library's code. The VM may link a call site once more when it first runs it compiled, which
 *     allocates some hundred bytes, once per call site and JVM.
 * <li>A domain is not found by the garbage collector while its thread runs: close it.
 * </ul>
 *
 * <h2>Who may run with whom</h2>
 * <pre>
 *                            threads  in a section  in a callback  in a stall listener  in an NMI-like hook
 * readLock, unlock             any        yes            yes               yes                  yes
 * callRcu, tryCallRcu          any        yes            yes               yes                  yes
 * startPoll, poll, stats       any        yes            yes               yes                  yes
 * isReadHeld, nmi marks        any        yes            yes               yes                  yes
 * synchronize*, condSync.      any      refused          yes             refused             must not
 * barrier, reclaim, close,
 * callRcuThrottled             any      refused        refused           refused             must not
 * </pre>
 * Every call may run beside every other. "Must not" is for the caller to keep: {@link io.latchwork.rcu.Rcu#inNmi()} tells.
 */
package io.latchwork.rcu;
