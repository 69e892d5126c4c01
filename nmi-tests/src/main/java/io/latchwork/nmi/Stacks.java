// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Short stack texts for reports. */
final class Stacks {

    private static final int FRAMES = 4;

    private Stacks() {
    }

    static String top(final Thread thread) {
        return Arrays.stream(thread.getStackTrace()).limit(FRAMES).map(Object::toString)
            .collect(Collectors.joining(" < "));
    }
}
