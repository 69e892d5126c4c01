// SPDX-License-Identifier: Apache-2.0

/**
 * Interrupts calls at every instruction that another thread or a nested call could notice.
 *
 * <p>{@link io.latchwork.nmi.NmiLoader} loads classes with a hook before each such instruction.
 * {@link io.latchwork.nmi.NmiExplorer} runs one operation again and again, and each time runs another operation to
 * its end at a later hook, on the same thread. {@link io.latchwork.nmi.StallExplorer} parks a thread for good at each
 * hook instead, and requires that other threads finish. {@link io.latchwork.nmi.Mutation} puts one bug into a class
 * while it is loaded, so that a check can be seen to fail.
 *
 * <p>All runs are sequentially consistent: nothing here says anything about missing fences.
 */
package io.latchwork.nmi;
