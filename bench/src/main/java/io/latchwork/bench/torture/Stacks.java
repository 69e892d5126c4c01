// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import java.util.Map;

/** Where the platform threads are, for the report of a hang. */
final class Stacks {
    private static final int DEEP = 24;

    private Stacks() {
    }

    static String all() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
            text.append(each.getKey().getName()).append(' ').append(each.getKey().getState()).append('\n');
            StackTraceElement[] stack = each.getValue();
            for (int i = 0; i < Math.min(DEEP, stack.length); i++) {
                text.append("    at ").append(stack[i]).append('\n');
            }
        }
        return text.toString();
    }
}
