// SPDX-License-Identifier: Apache-2.0

/**
 * A soak with faults: every call of the public interface, on maps of all kinds, by platform and virtual threads, callbacks and
 * interrupts, while faults are injected; all of it logged, and the log replayed against a plain model.
 *
 * <p>{@link io.latchwork.bench.torture.Torture} is the command. A {@code Round} makes a runtime, lets clients loose on it, brings
 * it to rest or closes it in the middle, and has its {@code EventLog} judged by {@code Replay}. What the log can decide, and
 * what it can not, is said at {@code LifeReplay}, {@code CallbackRules} and {@code ClockHistory}.
 */
package io.latchwork.bench.torture;
