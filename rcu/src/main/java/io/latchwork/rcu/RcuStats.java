// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/**
 * A look at a domain's numbers. Each is exact in itself and never goes back, except {@code backlog}; they are not one snapshot.
 *
 * @param epoch the present epoch; starts at 1, one more per grace period begun
 * @param completedEpoch the target of the last grace period that finished; 0 before the first
 * @param gracePeriods grace periods finished; one that its driver gave up (interrupt, timeout) does not count
 * @param backlog callbacks queued or waiting for their grace period; an estimate while others queue
 * @param invoked callbacks invoked, failed ones included
 * @param callbackErrors callbacks that threw
 * @param stalls stall reports made
 * @param autoReleased sections ended in the name of a thread that had died inside
 * @param refused times {@code tryCallRcu} refused for lack of room
 * @param throttled times {@code callRcuThrottled} had to wait
 */
public record RcuStats(long epoch, long completedEpoch, long gracePeriods, long backlog, long invoked, long callbackErrors,
                       long stalls, long autoReleased, long refused, long throttled) {
}
