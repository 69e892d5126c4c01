// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.LincheckSizes;
import io.latchwork.async.Status;
import io.latchwork.async.internal.EngineRig;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.Test;

/** Callbacks that would wait for each other: at least one of a circle is told so, and nobody else. */
public class WaitGraphLincheckTest {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);

    /** Blocks whose callbacks are running. */
    private static BpfHrtimer[] running(final int count) {
        final EngineRig rig = new EngineRig();
        final BpfHrtimer[] blocks = new BpfHrtimer[count];
        for (int i = 0; i < count; i++) {
            blocks[i] = rig.newBlock();
            blocks[i].runBegins();
        }
        return blocks;
    }

    private static void ask(final int[] granted, final BpfHrtimer who, final BpfHrtimer whom) {
        if (who.mayWaitFor(whom)) {
            CELL.getAndAdd(granted, 0, 1);
        }
    }

    @Test
    void ofTwoThatWouldWaitForEachOtherOneIsRefused() {
        LincheckSizes.holds(() -> {
            final BpfHrtimer[] blocks = running(2);
            final int[] granted = new int[1];
            LincheckSizes.parallel(
                () -> ask(granted, blocks[0], blocks[1]),
                () -> ask(granted, blocks[1], blocks[0]));
            assertTrue((int) CELL.getVolatile(granted, 0) < 2, "both wait for ever");
        });
    }

    @Test
    void ofThreeThatWouldWaitInACircleOneIsRefused() {
        LincheckSizes.holds(() -> {
            final BpfHrtimer[] blocks = running(3);
            final int[] granted = new int[1];
            LincheckSizes.parallel(
                () -> ask(granted, blocks[0], blocks[1]),
                () -> ask(granted, blocks[1], blocks[2]),
                () -> ask(granted, blocks[2], blocks[0]));
            assertTrue((int) CELL.getVolatile(granted, 0) < 3, "all wait for ever");
        });
    }

    @Test
    void aCircleOfAnyLengthIsSeenWhenItIsClosed() {
        for (int count = 1; count <= 5; count++) {
            final BpfHrtimer[] blocks = running(count);
            for (int i = 0; i < count - 1; i++) {
                assertTrue(blocks[i].mayWaitFor(blocks[i + 1]), "a chain that ends, of " + count);
            }
            assertFalse(blocks[count - 1].mayWaitFor(blocks[0]), "a circle of " + count);
        }
    }

    /** Both who waits for it and who asks for it first; the original's counter would refuse the second of either. */
    @Test
    void whoIsWaitedForMayWaitAndWhoWaitsMayBeWaitedFor() {
        final BpfHrtimer[] blocks = running(4);
        assertTrue(blocks[2].mayWaitFor(blocks[3]));
        assertTrue(blocks[0].mayWaitFor(blocks[2]), "it waits itself, for one that does not");
        assertTrue(blocks[1].mayWaitFor(blocks[0]), "the second link of a chain");
        assertFalse(blocks[3].mayWaitFor(blocks[1]), "a circle");
    }

    /** The announcement is the callback's own: what others say to its timer meanwhile does not take it back. */
    @Test
    void whatIsSaidToTheTimerOfACallbackThatWaitsChangesNothing() {
        final EngineRig rig = new EngineRig();
        final BpfHrtimer first = rig.newBlock();
        final BpfHrtimer second = rig.newBlock();
        assertEquals(Status.OK, rig.bind(first));
        first.runBegins();
        second.runBegins();
        assertTrue(first.mayWaitFor(second));
        first.start(1);
        first.cancelAsync();
        first.start(2);
        assertFalse(second.mayWaitFor(first), "the circle was not seen");
    }

    @Test
    void aWaitThatWasRefusedIsNotAnnounced() {
        final BpfHrtimer[] blocks = running(2);
        assertTrue(blocks[0].mayWaitFor(blocks[1]));
        assertFalse(blocks[1].mayWaitFor(blocks[0]));
        blocks[0].waitsNoMore();
        assertTrue(blocks[0].mayWaitFor(blocks[1]), "the refused wait is still announced");
    }

    @Test
    void aWaitThatIsOverIsNotAnnounced() {
        final BpfHrtimer[] blocks = running(2);
        blocks[1].runEnds();
        blocks[1].confirm();
        assertEquals(Status.IDLE, blocks[1].cancelAndWait(blocks[0]));
        blocks[1].runBegins();
        assertTrue(blocks[1].mayWaitFor(blocks[0]), "the wait is still announced");
    }
}
