// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.toy;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Atomic updates of several types, for mutations. */
public final class ToyWord {

    private static final VarHandle WORD = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "word", VarHandle.class, ToyWord.class, long.class);
    private static final VarHandle FLAGS = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "flags", VarHandle.class, ToyWord.class, int.class);
    private static final VarHandle NAME = ConstantBootstraps.fieldVarHandle(
        MethodHandles.lookup(), "name", VarHandle.class, ToyWord.class, String.class);
    private static final VarHandle CELLS = ConstantBootstraps.arrayVarHandle(
        MethodHandles.lookup(), "cells", VarHandle.class, long[].class);

    private final long[] cells = new long[2];
    private long word;
    private int flags;
    private String name;
    private int log;

    public String add() {
        return String.valueOf((long) WORD.getAndAdd(this, 2L));
    }

    public String set(final int bit) {
        return String.valueOf((int) FLAGS.getAndBitwiseOr(this, bit));
    }

    public void clear(final int bit) {
        FLAGS.getAndBitwiseAndRelease(this, ~bit);
    }

    public String claim() {
        return NAME.compareAndSet(this, null, "mine") + "" + (String) NAME.compareAndExchange(this, "mine", "taken");
    }

    public String cell() {
        long now = (long) CELLS.getVolatile(cells, 1);
        while (true) {
            final long seen = (long) CELLS.compareAndExchangeRelease(cells, 1, now, now + 1);
            if (seen == now) {
                return String.valueOf(seen);
            }
            now = seen;
        }
    }

    public void twoSteps() {
        stepOne();
        stepTwo();
    }

    public boolean isEven() {
        return (long) WORD.getOpaque(this) % 2 == 0 || odd();
    }

    public String state() {
        return word + " " + flags + " " + name + " " + cells[1] + " " + log;
    }

    private void stepOne() {
        log = log * 10 + 1;
    }

    private void stepTwo() {
        log = log * 10 + 2;
    }

    private static boolean odd() {
        return false;
    }
}
