// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

/**
 * One measured cell.
 *
 * @param what the operation
 * @param peer who did it
 * @param pending how many other timers were armed; -1 if that does not matter
 * @param threads how many threads did it at once
 * @param ns nanoseconds of an operation on the thread that calls; the mean
 * @param errorNs half of its 99.9 % confidence interval; NaN if there was one measurement only
 * @param cpuNs processor time of the whole process for an operation; NaN if it was not measured
 * @param bytes bytes allocated for an operation; NaN if that was not measured
 */
record Row(String what, String peer, int pending, int threads, double ns, double errorNs, double cpuNs, double bytes) {
}
