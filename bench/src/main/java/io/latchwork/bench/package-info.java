// SPDX-License-Identifier: Apache-2.0

/** The {@code latchwork} command. */
package io.latchwork.bench;
