// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.nmi.Scenario;
import io.latchwork.nmi.toy.ToyCounter;
import io.latchwork.nmi.toy.ToyList;
import io.latchwork.nmi.toy.ToySeqLock;
import io.latchwork.nmi.toy.ToyWord;
import java.util.ArrayList;
import java.util.List;

/** Scenarios of the toys, good and broken. */
public final class ToyScenarios {

    private ToyScenarios() {
    }

    static List<Integer> values(final ToyList.Node chain) {
        final List<Integer> values = new ArrayList<>();
        for (ToyList.Node node = chain; node != null; node = node.next) {
            values.add(node.value);
        }
        return values;
    }

    /** A push interrupts a push. */
    public static class PushInPush implements Scenario<ToyList> {
        @Override
        public ToyList fresh() {
            return new ToyList();
        }

        @Override
        public Object interrupted(final ToyList list) {
            return list.push(new ToyList.Node(1));
        }

        @Override
        public Object nested(final ToyList list, final int index) {
            return list.push(new ToyList.Node(2 + index));
        }

        @Override
        public Object observe(final ToyList list) {
            return values(list.takeAll());
        }
    }

    /** A push without a check is interrupted. */
    public static final class BrokenPush extends PushInPush {
        @Override
        public Object interrupted(final ToyList list) {
            return list.pushUnchecked(new ToyList.Node(1));
        }
    }

    /** A push that allocates interrupts. */
    public static final class AllocatingPush extends PushInPush {
        @Override
        public Object nested(final ToyList list, final int index) {
            return list.pushNew(2 + index);
        }
    }

    /** A push interrupts a take. */
    public static class PushInTake extends PushInPush {
        @Override
        public ToyList fresh() {
            final ToyList list = new ToyList();
            list.push(new ToyList.Node(9));
            return list;
        }

        @Override
        public Object interrupted(final ToyList list) {
            return values(list.takeAll());
        }
    }

    /** A take without a check is interrupted. */
    public static final class BrokenTake extends PushInTake {
        @Override
        public Object interrupted(final ToyList list) {
            return values(list.takeUnchecked());
        }
    }

    /** A read interrupts the writer of a plain seqlock. */
    public static final class SeqLockReadInWrite implements Scenario<ToySeqLock> {
        @Override
        public ToySeqLock fresh() {
            return new ToySeqLock();
        }

        @Override
        public Object interrupted(final ToySeqLock lock) {
            lock.write(1, 1);
            return "written";
        }

        @Override
        public Object nested(final ToySeqLock lock, final int index) {
            return lock.read();
        }

        @Override
        public Object observe(final ToySeqLock lock) {
            return lock.read();
        }
    }

    /** An increment interrupts an increment; subclasses say which. */
    public abstract static class Increment implements Scenario<ToyCounter> {
        abstract Object increment(ToyCounter counter);

        @Override
        public ToyCounter fresh() {
            return new ToyCounter();
        }

        @Override
        public Object interrupted(final ToyCounter counter) {
            return increment(counter);
        }

        @Override
        public Object nested(final ToyCounter counter, final int index) {
            return increment(counter);
        }

        @Override
        public Object observe(final ToyCounter counter) {
            return counter.get();
        }
    }

    /** Under a spin lock. */
    public static final class Spinning extends Increment {
        @Override
        Object increment(final ToyCounter counter) {
            return counter.incrementSpinning();
        }
    }

    /** Under a spin lock that is given up when busy: refused, the call has done nothing. */
    public static final class Trying extends Increment {
        @Override
        Object increment(final ToyCounter counter) {
            return counter.tryIncrement();
        }

        @Override
        public boolean allow(final List<Object> outcome) {
            final List<Object> results = outcome.subList(0, outcome.size() - 1);
            final Object state = outcome.get(outcome.size() - 1);
            final long done = results.stream().filter(result -> result != null && !result.equals(-1)).count();
            return state.equals((int) done) || results.get(0) == null && results.get(1).equals(-1);
        }
    }

    /** In a monitor. */
    public static final class Monitor extends Increment {
        @Override
        Object increment(final ToyCounter counter) {
            return counter.incrementInMonitor();
        }
    }

    /** In a synchronized method. */
    public static final class Synchronized extends Increment {
        @Override
        Object increment(final ToyCounter counter) {
            return counter.incrementSynchronized();
        }
    }

    /** Under a lock of the JDK. */
    public static final class Locked extends Increment {
        @Override
        Object increment(final ToyCounter counter) {
            return counter.incrementLocked();
        }
    }

    /** Parks in nested code. */
    public static final class Parking extends Increment {
        @Override
        Object increment(final ToyCounter counter) {
            return counter.parkThenIncrement();
        }
    }

    /** Unparks in nested code, which is no blocking; the count is read and written in two steps, so it is lost. */
    public static final class Unparking extends Increment {
        @Override
        Object increment(final ToyCounter counter) {
            return counter.incrementThenUnpark();
        }
    }

    /** An update of a word interrupts the same update; subclasses say which. */
    public abstract static class Words implements Scenario<ToyWord> {
        abstract Object update(ToyWord word);

        @Override
        public ToyWord fresh() {
            return new ToyWord();
        }

        @Override
        public Object interrupted(final ToyWord word) {
            return update(word);
        }

        @Override
        public Object nested(final ToyWord word, final int index) {
            return update(word);
        }

        @Override
        public Object observe(final ToyWord word) {
            return word.state();
        }
    }

    /** getAndAdd of a long. */
    public static final class WordAdd extends Words {
        @Override
        Object update(final ToyWord word) {
            return word.add();
        }
    }

    /** getAndBitwiseOr of an int. */
    public static final class WordSet extends Words {
        @Override
        Object update(final ToyWord word) {
            return word.set(1);
        }
    }

    /** Both kinds of compare-and-set of a reference. */
    public static final class WordClaim extends Words {
        @Override
        Object update(final ToyWord word) {
            return word.claim();
        }

        @Override
        public boolean allow(final List<Object> outcome) { // two updates: not atomic as a whole
            return outcome.subList(0, 2).containsAll(List.of("truetaken", "falsemine"));
        }
    }

    /** compareAndExchange of an array element. */
    public static final class WordCell extends Words {
        @Override
        Object update(final ToyWord word) {
            return word.cell();
        }
    }

    /** getAndBitwiseAnd without a use of its result interrupts a getAndBitwiseOr. */
    public static final class WordClear extends Words {
        @Override
        Object update(final ToyWord word) {
            word.clear(1);
            return "cleared";
        }

        @Override
        public Object nested(final ToyWord word, final int index) {
            return word.set(2);
        }
    }

    /** Two steps in order; nothing nested that matters. */
    public static final class WordSteps extends Words {
        @Override
        Object update(final ToyWord word) {
            word.twoSteps();
            return word.isEven();
        }
    }

    /** No library code at all. */
    public static final class Vacuous implements Scenario<int[]> {
        @Override
        public int[] fresh() {
            return new int[1];
        }

        @Override
        public Object interrupted(final int[] state) {
            return ++state[0];
        }

        @Override
        public Object nested(final int[] state, final int index) {
            return ++state[0];
        }

        @Override
        public Object observe(final int[] state) {
            return state[0];
        }
    }

    /** Answers an array, which equals nothing. */
    public static final class ArrayResult extends PushInPush {
        @Override
        public Object observe(final ToyList list) {
            return new int[] {values(list.takeAll()).size()};
        }
    }
}
