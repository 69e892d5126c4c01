// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

/** Sections around loads, for C2 to compile and {@link InstructionOrderTest} to look at. The main class of its JVMs. */
final class OrderSubject {
    private static final int ROUNDS = 60_000;

    /** Far enough from the beginning of the object to be told from every other field. */
    static class Padding {
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
        long p16, p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31;
        long p32, p33, p34, p35, p36, p37, p38, p39, p40, p41, p42, p43, p44, p45, p46, p47;
        long p48, p49, p50, p51, p52, p53, p54, p55, p56, p57, p58, p59, p60, p61, p62, p63;
    }

    /** What is protected. */
    static final class Protected extends Padding {
        volatile long root = 1;
    }

    /** The same, read plainly: not how it is to be done, but how a compiler would have the most freedom. */
    static final class PlainlyRead extends Padding {
        long root = 1;
    }

    /** 120 bytes, as a slot has before its word. */
    static class SlotPadding {
        long l00, l01, l02, l03, l04, l05, l06, l07, l08, l09, l10, l11, l12, l13, l14;
    }

    /** A word as a slot has it, written plainly. */
    static final class PlainWord extends SlotPadding {
        long word;
    }

    private OrderSubject() {
    }

    static long volatileRead(final Rcu rcu, final Protected object) {
        final RcuSlot section = rcu.readLock();
        final long seen = object.root;
        section.unlock();
        return seen;
    }

    /** What was loaded before the section must be loaded again inside. */
    static long plainReads(final Rcu rcu, final PlainlyRead object) {
        final long before = object.root;
        final RcuSlot section = rcu.readLock();
        final long seen = object.root;
        section.unlock();
        return before ^ seen;
    }

    /** Not ordered by anything. */
    static long busted(final PlainWord slot, final PlainlyRead object) {
        final long before = object.root;
        slot.word = before + 1;
        final long seen = object.root;
        slot.word = before;
        return before ^ seen;
    }

    /** How the readers publish, without the barrier that would have to go with it. */
    private static ReaderBarrier barrier(final boolean asymmetric) {
        final ReaderMode mode = new ReaderMode(asymmetric, "for its machine code only");
        return new ReaderBarrier() {
            @Override
            public ReaderMode mode() {
                return mode;
            }

            @Override
            public void run() {
            }
        };
    }

    /** @param args whether readers are asymmetric */
    public static void main(final String[] args) {
        try (Rcu rcu = Rcu.builder().manual().barrier(barrier(Boolean.parseBoolean(args[0]))).build()) {
            final Protected volatilely = new Protected();
            final PlainlyRead plainly = new PlainlyRead();
            final PlainWord slot = new PlainWord();
            long sum = 0;
            for (int i = 0; i < ROUNDS; i++) {
                sum += volatileRead(rcu, volatilely) + plainReads(rcu, plainly) + busted(slot, plainly);
            }
            System.out.println(sum);
        }
    }
}
