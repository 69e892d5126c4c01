// SPDX-License-Identifier: Apache-2.0

/**
 * Lock-freedom from outside: a JVM under load in which a debugger suspends a thread wherever it happens to be, and
 * looks whether the others get on without it.
 *
 * <p>The child runs the library, or the locked variant as it was compiled and is used, with nothing instrumented. The
 * locked variant is the positive control: as long as none of its suspensions stops the others, the load hits nothing
 * and a clean result means nothing.
 */
package io.latchwork.bench.suspension;
