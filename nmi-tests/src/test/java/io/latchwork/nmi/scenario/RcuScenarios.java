// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.nmi.Scenario;
import io.latchwork.nmi.toy.RcuCell;
import io.latchwork.rcu.Rcu;
import java.util.List;

/** Rcu: sections, grace periods, callbacks and marks in one another, for each of the three tiers of readers. */
public final class RcuScenarios {

    private RcuScenarios() {
    }

    /** Base: which tier the readers use. */
    public abstract static class Tier implements Scenario<RcuCell> {
        /** 0: owned slots, 1: leased slots, 2: counters. */
        int tier() {
            return 0;
        }

        @Override
        public RcuCell fresh() {
            final Rcu.Builder builder = Rcu.builder().manual().counterStripes(1);
            return new RcuCell(builder.ownedSlots(tier() == 0 ? 8 : 0).leasedSlots(tier() <= 1 ? 8 : 0).build());
        }
    }

    /** Updater and grace period interrupt a reader: what it reads is not reclaimed before its section ends. */
    public static class ReplaceInRead extends Tier {
        @Override
        public Object interrupted(final RcuCell cell) {
            return cell.readNested();
        }

        @Override
        public Object nested(final RcuCell cell, final int index) throws InterruptedException {
            return cell.replaceAndReclaim(1 + index);
        }

        @Override
        public Object observe(final RcuCell cell) throws InterruptedException {
            // a section that leaks keeps every grace period from ending
            return cell.read() && cell.replaceAndReclaim(9);
        }

        /** Inside of the section a grace period is refused or does not end; then nothing may be reclaimed. */
        @Override
        public boolean allow(final List<Object> outcome) {
            return !Boolean.FALSE.equals(outcome.get(0))
                && outcome.get(outcome.size() - 1).equals(outcome.get(0) != null);
        }
    }

    /** A reader interrupts a reader. */
    public static class ReadInRead extends ReplaceInRead {
        @Override
        public Object nested(final RcuCell cell, final int index) {
            return index == 0 ? cell.readNested() : cell.mark();
        }
    }

    /** A reader interrupts a call of callRcu, and a call of callRcu another one. */
    public static class CallInCall extends Tier {
        @Override
        public Object interrupted(final RcuCell cell) {
            cell.rcu().callRcu(cell.item(1));
            return "queued";
        }

        @Override
        public Object nested(final RcuCell cell, final int index) {
            cell.rcu().callRcu(cell.item(2 + index));
            return "queued";
        }

        @Override
        public Object observe(final RcuCell cell) {
            return cell.rcu().reclaim() + " in order " + cell.order();
        }
    }

    /** A call of callRcu interrupts a reader, and a reader interrupts callRcu. */
    public static class CallInRead extends CallInCall {
        @Override
        public Object interrupted(final RcuCell cell) {
            return cell.readNested();
        }
    }

    /** A reader interrupts a call of callRcu. */
    public static class ReadInCall extends CallInCall {
        @Override
        public Object nested(final RcuCell cell, final int index) {
            return cell.readNested();
        }
    }

    /** The same head is queued by both: one is refused. */
    public static class SameHead extends CallInCall {
        private RcuCell.Item head;

        @Override
        public RcuCell fresh() {
            final RcuCell cell = super.fresh();
            head = cell.item(1);
            return cell;
        }

        @Override
        public Object interrupted(final RcuCell cell) {
            cell.rcu().callRcu(head);
            return "queued";
        }

        @Override
        public Object nested(final RcuCell cell, final int index) {
            cell.rcu().callRcu(head);
            return "queued";
        }
    }

    /** A marked hook interrupts a marked hook. */
    public static class MarkInMark extends Tier {
        @Override
        public Object interrupted(final RcuCell cell) {
            return cell.mark();
        }

        @Override
        public Object nested(final RcuCell cell, final int index) {
            return cell.mark();
        }

        @Override
        public Object observe(final RcuCell cell) {
            return cell.rcu().inNmi();
        }
    }

    /** ReplaceInRead, with readers on leased slots. */
    public static final class ReplaceInReadLeased extends ReplaceInRead {
        @Override
        int tier() {
            return 1;
        }
    }

    /** ReplaceInRead, with readers on counters. */
    public static final class ReplaceInReadCounted extends ReplaceInRead {
        @Override
        int tier() {
            return 2;
        }
    }

    /** ReadInRead, with readers on leased slots. */
    public static final class ReadInReadLeased extends ReadInRead {
        @Override
        int tier() {
            return 1;
        }
    }

    /** ReadInRead, with readers on counters. */
    public static final class ReadInReadCounted extends ReadInRead {
        @Override
        int tier() {
            return 2;
        }
    }

    /** CallInRead, with readers on leased slots. */
    public static final class CallInReadLeased extends CallInRead {
        @Override
        int tier() {
            return 1;
        }
    }

    /** CallInRead, with readers on counters. */
    public static final class CallInReadCounted extends CallInRead {
        @Override
        int tier() {
            return 2;
        }
    }

    /** ReadInCall, with readers on leased slots. */
    public static final class ReadInCallLeased extends ReadInCall {
        @Override
        int tier() {
            return 1;
        }
    }

    /** ReadInCall, with readers on counters. */
    public static final class ReadInCallCounted extends ReadInCall {
        @Override
        int tier() {
            return 2;
        }
    }

    /** MarkInMark, with readers on leased slots. */
    public static final class MarkInMarkLeased extends MarkInMark {
        @Override
        int tier() {
            return 1;
        }
    }

    /** MarkInMark, with readers on counters. */
    public static final class MarkInMarkCounted extends MarkInMark {
        @Override
        int tier() {
            return 2;
        }
    }
}
