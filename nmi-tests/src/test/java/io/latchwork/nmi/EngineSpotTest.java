// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static io.latchwork.nmi.EngineCall.BASE;
import static io.latchwork.nmi.EngineCall.CANCEL;
import static io.latchwork.nmi.EngineCall.CANCEL_ASYNC;
import static io.latchwork.nmi.EngineCall.DELETE;
import static io.latchwork.nmi.EngineCall.DELETE_OTHER;
import static io.latchwork.nmi.EngineCall.INIT;
import static io.latchwork.nmi.EngineCall.INSERT;
import static io.latchwork.nmi.EngineCall.KWORKER;
import static io.latchwork.nmi.EngineCall.OPEN;
import static io.latchwork.nmi.EngineCall.PROG_RELEASE;
import static io.latchwork.nmi.EngineCall.RELEASE;
import static io.latchwork.nmi.EngineCall.SET_P2;
import static io.latchwork.nmi.EngineCall.START_EARLIER;
import static io.latchwork.nmi.EngineCall.START_LATER;
import static io.latchwork.nmi.EngineCall.START_PAST;
import static io.latchwork.nmi.EngineCall.UPDATE;
import static io.latchwork.nmi.EngineShape.ARMED;
import static io.latchwork.nmi.EngineShape.BARE;
import static io.latchwork.nmi.EngineShape.EXPIRED;
import static io.latchwork.nmi.EngineShape.GARBAGE;
import static io.latchwork.nmi.EngineShape.IDLE;
import static io.latchwork.nmi.EngineShape.QUEUED;
import static io.latchwork.nmi.EngineShape.UNBOUND;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.latchwork.nmi.EnginePairs.Ending;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Single pairs of {@link InterruptionPointsTest}, one a method, for those who look for one bug: the mutants name them. Each
 * takes less than a second.
 */
class EngineSpotTest {

    private static final Options STRICT =
        Options.defaults().forbidding(PointKind.ALLOCATION).withStepBound(Engine.STEP_BOUND).withMaxFailures(1);

    private static void interrupted(final EngineShape shape, final EngineCall interrupted, final EngineCall... nested) {
        final Options options = nested.length == 1 ? STRICT
            : STRICT.withDepth(nested.length).interruptingAt(Engine::isAccess);
        assertNull(Engine.problem(NmiExplorer.explore(
            Engine.pairs().pair(shape, Ending.TAKEN_APART, interrupted, List.of(nested), false), options)));
    }

    private static void stalled(final EngineShape shape, final EngineCall stalled, final EngineCall... others) {
        final Options options = Options.defaults().withDepth(others.length).withStepBound(Engine.STEP_BOUND).withMaxFailures(1);
        assertNull(Engine.problem(StallExplorer.exploreResumed(
            Engine.pairs().pair(shape, Ending.TAKEN_APART, stalled, List.of(others), false), options)));
    }

    // ------------------------------------------------------------------------------------------------- the state word

    @Test
    void anExpiryInAStart() {
        interrupted(EXPIRED, START_EARLIER, BASE);
    }

    @Test
    void aStartInAnExpiry() {
        interrupted(EXPIRED, BASE, START_LATER);
    }

    @Test
    void aDueStartInAnExpiry() {
        interrupted(EXPIRED, BASE, START_PAST);
    }

    @Test
    void aCancelInAnExpiry() {
        interrupted(EXPIRED, BASE, CANCEL_ASYNC);
    }

    @Test
    void anExpiryInACancel() {
        interrupted(EXPIRED, CANCEL_ASYNC, BASE);
    }

    @Test
    void anExpiryInACancelThatWaits() {
        interrupted(EXPIRED, CANCEL, BASE);
    }

    @Test
    void aSetCallbackInAnExpiry() {
        interrupted(EXPIRED, BASE, SET_P2);
    }

    @Test
    void aCancelAndAStartInAnExpiry() {
        interrupted(EXPIRED, BASE, CANCEL_ASYNC, START_PAST);
    }

    @Test
    void aCancelAndALaterStartInAnExpiry() {
        interrupted(EXPIRED, BASE, CANCEL_ASYNC, START_LATER);
    }

    @Test
    void aStartInAStart() {
        interrupted(ARMED, START_LATER, START_EARLIER);
    }

    @Test
    void aCancelInAStart() {
        interrupted(ARMED, START_EARLIER, CANCEL_ASYNC);
    }

    @Test
    void aStartInACancel() {
        interrupted(ARMED, CANCEL_ASYNC, START_EARLIER);
    }

    @Test
    void anUpdateInAStart() {
        interrupted(ARMED, START_EARLIER, UPDATE);
    }

    // ------------------------------------------------------------------------------------------------- destruction

    @Test
    void aStartInADelete() {
        interrupted(ARMED, DELETE, START_EARLIER);
    }

    /** The owner of the base is stopped for good: nobody waits for it. */
    @Test
    void aDeleteBesideADutyThatIsStopped() {
        final Options options = Options.defaults().withStepBound(Engine.STEP_BOUND).withMaxFailures(1);
        assertNull(Engine.problem(StallExplorer.explore(
            Engine.pairs().pair(EXPIRED, Ending.BASE_STALLED, BASE, List.of(DELETE), false), options)));
    }

    @Test
    void aDeleteInAStart() {
        interrupted(EXPIRED, START_EARLIER, DELETE);
    }

    @Test
    void aDeleteAndADutyInAStart() {
        interrupted(IDLE, START_EARLIER, DELETE, BASE);
    }

    @Test
    void aDeleteInAnExpiry() {
        interrupted(EXPIRED, BASE, DELETE);
    }

    @Test
    void aDutyInADelete() {
        interrupted(EXPIRED, DELETE, BASE);
    }

    @Test
    void aCancelInADeleteOfAQueuedTimer() {
        interrupted(QUEUED, DELETE, CANCEL_ASYNC);
    }

    @Test
    void aCancelInAStartOfAQueuedTimer() {
        interrupted(QUEUED, START_PAST, CANCEL_ASYNC);
    }

    @Test
    void anInitInAGracePeriod() {
        interrupted(GARBAGE, KWORKER, INIT);
    }

    @Test
    void aReleaseInAGracePeriod() {
        interrupted(GARBAGE, KWORKER, RELEASE);
    }

    // ------------------------------------------------------------------------------------------------- programs

    @Test
    void aDeleteInASetCallback() {
        interrupted(ARMED, SET_P2, DELETE);
    }

    @Test
    void aSetCallbackInADelete() {
        interrupted(ARMED, DELETE, SET_P2);
    }

    @Test
    void aSetCallbackInASetCallback() {
        interrupted(IDLE, SET_P2, SET_P2);
    }

    @Test
    void aSetCallbackAndAStartInASetCallback() {
        interrupted(UNBOUND, SET_P2, SET_P2, START_PAST);
    }

    @Test
    void aCancelAndAStartBesideASetCallback() {
        stalled(IDLE, SET_P2, CANCEL, START_PAST);
    }

    @Test
    void aSetCallbackInTheReleaseOfAProgram() {
        interrupted(IDLE, PROG_RELEASE, SET_P2);
    }

    @Test
    void theReleaseOfAProgramInItself() {
        interrupted(BARE, PROG_RELEASE, PROG_RELEASE);
    }

    // ------------------------------------------------------------------------------------------------- elements

    @Test
    void anInitInAnInit() {
        interrupted(BARE, INIT, INIT);
    }

    @Test
    void aDeleteInAnInit() {
        interrupted(BARE, INIT, DELETE);
    }

    @Test
    void anUpdateInAnInit() {
        interrupted(BARE, INIT, UPDATE);
    }

    @Test
    void aReleaseInAnInit() {
        interrupted(BARE, INIT, RELEASE);
    }

    @Test
    void aStartInAnInit() {
        interrupted(BARE, INIT, START_PAST);
    }

    @Test
    void aSetCallbackAndAReleaseInAnInit() {
        interrupted(BARE, INIT, SET_P2, RELEASE);
    }

    @Test
    void aDeleteInADelete() {
        interrupted(ARMED, DELETE, DELETE);
    }

    @Test
    void aDeleteInAnUpdate() {
        interrupted(ARMED, UPDATE, DELETE);
    }

    @Test
    void anUpdateInAnUpdate() {
        interrupted(ARMED, UPDATE, UPDATE);
    }

    @Test
    void anInsertionInAnInsertion() {
        interrupted(BARE, INSERT, INSERT);
    }

    @Test
    void anInsertionInADelete() {
        interrupted(BARE, DELETE, INSERT);
    }

    @Test
    void aReleaseInAnInsertion() {
        interrupted(BARE, INSERT, RELEASE);
    }

    @Test
    void anInitInADelete() {
        interrupted(BARE, DELETE, INIT);
    }

    @Test
    void anInitInAnUpdate() {
        interrupted(ARMED, UPDATE, INIT);
    }

    @Test
    void aReleaseInARelease() {
        interrupted(ARMED, RELEASE, RELEASE);
    }

    @Test
    void anUpdateInADelete() {
        interrupted(ARMED, DELETE, UPDATE);
    }

    @Test
    void aDeleteOfTheElementBeforeItInADelete() {
        interrupted(ARMED, DELETE, DELETE_OTHER);
    }

    @Test
    void anInsertionInADeleteOfTheFirst() {
        interrupted(ARMED, DELETE_OTHER, INSERT);
    }

    @Test
    void anOpenInARelease() {
        interrupted(ARMED, RELEASE, OPEN);
    }
}
