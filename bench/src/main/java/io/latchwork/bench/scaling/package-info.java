// SPDX-License-Identifier: Apache-2.0
/** What more bases gain. */
package io.latchwork.bench.scaling;
