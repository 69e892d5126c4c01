// SPDX-License-Identifier: Apache-2.0
/**
 * How late timers fire, measured by programs of their own: on a fixed plan, beside what the machine can do at all, idle and under
 * load.
 *
 * <p>There is no coordinated omission: a plan says when each timer is to be armed and when it is to fire, before anything runs,
 * and lateness is counted from the planned deadline. An arm that comes late because somebody was in its way makes its timer
 * late.
 */
package io.latchwork.bench.lateness;
