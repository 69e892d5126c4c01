// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.BpfProg;

/**
 * A loaded program.
 *
 * @param prog the program
 * @param id its number in the log
 */
record Program(BpfProg prog, long id) {
}
