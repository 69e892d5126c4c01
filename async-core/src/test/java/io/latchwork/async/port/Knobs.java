// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import io.latchwork.async.contract.Variant;
import java.util.Random;

/** The system properties that steer the ported tests; {@link PortCase} describes them. */
final class Knobs {
    private static final String VARIANT = "latchwork.variant";
    private static final String SCALE = "latchwork.port.scale";
    private static final String REPEAT = "latchwork.port.repeat";
    private static final String SEED = "latchwork.port.seed";
    private static final String DEFAULT_VARIANT = "io.latchwork.async.contract.LockFreeVariant";

    private Knobs() {
    }

    static Variant variant() {
        String name = System.getProperty(VARIANT, DEFAULT_VARIANT);
        try {
            return (Variant) Class.forName(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(VARIANT + ": " + name, e);
        }
    }

    /** A count of the original, of which so many percent are run unless the scale says otherwise; at least 1. */
    static int count(long ofOriginal, double percent) {
        double scale = Double.parseDouble(System.getProperty(SCALE, "100"));
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(ofOriginal * percent / 100 * scale / 100)));
    }

    /** How often a lifetime race is run. */
    static int repeat() {
        return Math.max(1, Integer.getInteger(REPEAT, 1));
    }

    /** A source of random numbers whose seed is printed. */
    static Random random(String test) {
        long seed = Long.getLong(SEED, System.nanoTime());
        System.out.println(test + " seed " + seed + " (-D" + SEED + "=" + seed + " repeats it)");
        return new Random(seed);
    }
}
