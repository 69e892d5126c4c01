// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/**
 * How the readers of a domain that own a slot publish a section, and why so.
 *
 * @param asymmetric true: without a fence, for which the grace periods make up; false: with a fence
 * @param reason for symmetric readers why they are: that nothing else was asked for, or what stood in the way; else how the grace
 *     periods reach the readers. For people, not for programs
 */
public record ReaderMode(boolean asymmetric, String reason) {
}
