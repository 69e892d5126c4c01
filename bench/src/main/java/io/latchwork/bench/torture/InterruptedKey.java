// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

/** A key in whose {@link #hashCode} and {@link #equals} interrupts come. */
record InterruptedKey(int id, Interrupts interrupts) {
    @Override
    public int hashCode() {
        interrupts.chance();
        return id;
    }

    @Override
    public boolean equals(Object other) {
        interrupts.chance();
        return other instanceof InterruptedKey key && key.id == id;
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
