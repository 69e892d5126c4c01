// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.memory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.internal.timer.BpfHrtimer;
import io.latchwork.async.internal.timer.BpfWork;
import io.latchwork.rcu.RcuSlot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/**
 * What may lie on one cache line. Threads that arm timers of their own write two things: the state word of the timer's control
 * block, and the thread's own slot of the RCU domain.
 */
class LayoutTest {
    private static final int LINE = 64;
    /** What processors fetch at once: a line, and the one beside it. */
    private static final int PAIR_OF_LINES = 2 * LINE;

    static {
        System.setProperty("jol.skipDynamicAttach", "true"); // layouts of classes need no agent
        System.setProperty("jol.skipHotspotSAAttach", "true");
    }

    /**
     * Control blocks are not padded: they are larger than a line, so that even of two that a collector laid side by side the
     * state words are on different lines, whatever the first one's address.
     */
    @ParameterizedTest
    @ValueSource(classes = {BpfHrtimer.class, BpfWork.class})
    void theStateWordsOfNeighboursAreNotOnOneLine(final Class<?> block) {
        final ClassLayout layout = ClassLayout.parseClass(block);
        assertTrue(field(layout, "state").size() == Long.BYTES, "the state is one word");
        assertTrue(layout.instanceSize() >= LINE, layout.toPrintable());
    }

    /**
     * Slots are written twice by every call, and so are padded on both sides, against the fetching of pairs of lines, too. A
     * virtual machine may put what is never written into the gap behind the header; it does no harm there.
     */
    @ParameterizedTest
    @ValueSource(strings = {"word", "marks", "owner"})
    void theSlotsOfThreadsAreFarFromAnythingElse(final String written) {
        final ClassLayout layout = ClassLayout.parseClass(RcuSlot.class);
        final FieldLayout field = field(layout, written);
        assertTrue(field.offset() >= PAIR_OF_LINES, layout.toPrintable());
        assertTrue(layout.instanceSize() - field.offset() - field.size() >= PAIR_OF_LINES, layout.toPrintable());
    }

    private static FieldLayout field(final ClassLayout layout, final String name) {
        return layout.fields().stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
    }
}
