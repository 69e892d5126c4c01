// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

/** Writes IP addresses; IPv6 addresses in brackets with the longest run of zeros left out. */
final class AddressText {
    private AddressText() {}

    static StringBuilder append(StringBuilder to, boolean ipv6, long first, long second) {
        if (!ipv6) {
            return to.append(second >>> 24).append('.').append(second >>> 16 & 0xFF).append('.')
                    .append(second >>> 8 & 0xFF).append('.').append(second & 0xFF);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(first, second, end) == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        to.append('[');
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                to.append("::");
                i += bestLength - 1;
            } else {
                boolean separate = i > 0 && i != bestStart + bestLength || i > 0 && bestStart < 0;
                to.append(separate ? ":" : "").append(Integer.toHexString(group(first, second, i)));
            }
        }
        return to.append(']');
    }

    private static int group(long first, long second, int index) {
        return (int) ((index < 4 ? first : second) >>> 48 - 16 * (index & 3)) & 0xFFFF;
    }
}
