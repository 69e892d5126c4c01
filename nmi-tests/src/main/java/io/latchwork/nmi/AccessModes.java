// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.List;

/** The names of VarHandle access modes, and what they have in common. */
final class AccessModes {

    /** Without the ordering at the end of the name; longer names first where one starts another. */
    private static final List<String> UPDATES = List.of("getAndSet", "getAndAdd", "getAndBitwiseOr", "getAndBitwiseAnd",
        "getAndBitwiseXor", "compareAndExchange", "weakCompareAndSet", "compareAndSet");

    private AccessModes() {
    }

    /** The update without its ordering: "getAndAddRelease" is a "getAndAdd". */
    static String update(final String mode) {
        return UPDATES.stream().filter(mode::startsWith).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("not an atomic update: " + mode));
    }

    static void requireSameShape(final String from, final String to) {
        if (!shape(from).equals(shape(to))) {
            throw new IllegalArgumentException(from + " and " + to + " take or answer different things");
        }
    }

    private static String shape(final String mode) {
        if (mode.startsWith("getAnd") || mode.startsWith("compareAndExchange")) {
            return update(mode);
        }
        if (mode.contains("ompareAndSet")) {
            return "compareAndSet";
        }
        return mode.substring(0, Math.min(mode.length(), "get".length()));
    }
}
