// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A manual {@link Rcu} domain guards a register. Whoever replaces the value poisons the old one after a grace period;
 * no reader ever sees the poison. One model for each tier in which a reader may be counted.
 */
public class RcuLincheckTest {
    private static final int POISON = -1;

    @BeforeAll
    static void linkOnce() {
        domain(1, 1);
    }

    private static Rcu.Builder domain(final int owned, final int leased) {
        final Rcu.Builder builder = Rcu.builder().manual().ownedSlots(owned).leasedSlots(leased).counterStripes(1);
        builder.build();
        return builder;
    }

    @Test
    void noReaderInAnOwnedSlotSeesThePoison() {
        LincheckSizes.lockFree(Owned.class, RegisterSpec.class);
    }

    @Test
    void noReaderInALeasedSlotSeesThePoison() {
        LincheckSizes.lockFree(Leased.class, RegisterSpec.class);
    }

    @Test
    void noCountedReaderSeesThePoison() {
        LincheckSizes.lockFree(Counted.class, RegisterSpec.class);
    }

    @Test
    void mutantThatScansNothingIsCaught() {
        LincheckSizes.modelCaught(Unscanned.class, RegisterSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    @Test
    void mutantThatScansNothingIsCaughtByItsCallbacks() {
        LincheckSizes.modelCaught(UnscannedCallbacks.class, RegisterSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    @Test
    void mutantThatPublishesTheReaderAfterItsReadIsCaught() {
        LincheckSizes.modelCaught(LateReader.class, RegisterSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    /** The value and, later, the poison. */
    private static final class Node extends RcuHead {
        private static final VarHandle VALUE;
        private int value;

        static {
            try {
                VALUE = MethodHandles.lookup().findVarHandle(Node.class, "value", int.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        Node(final int value) {
            this.value = value;
        }

        @Override
        protected void reclaim() {
            VALUE.setVolatile(this, POISON);
        }

        int value() {
            return (int) VALUE.getVolatile(this);
        }
    }

    /** What all models share. */
    abstract static class Register {
        private static final VarHandle CURRENT;
        private Node current = new Node(0);
        private final Rcu rcu;

        static {
            try {
                CURRENT = MethodHandles.lookup().findVarHandle(Register.class, "current", Node.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        Register(final Rcu rcu) {
            this.rcu = rcu;
        }

        Register(final int owned, final int leased) {
            this(Rcu.builder().manual().ownedSlots(owned).leasedSlots(leased).counterStripes(1).build());
        }

        static Rcu unscanned() {
            return Rcu.builder().manual().ownedSlots(4).leasedSlots(0).counterStripes(1).build(
                (tables, watch, counters) -> new GracePeriod(tables, watch, counters) {
                    @Override
                    boolean awaitReaders(final long target, final Waiting waiting) {
                        return true;
                    }
                });
        }

        final Node current() {
            return (Node) CURRENT.getVolatile(this);
        }

        final Rcu domain() {
            return rcu;
        }

        final int guardedRead() {
            final RcuSlot section = rcu.readLock();
            final Node node = current();
            final int value = node.value();
            section.unlock();
            return value;
        }

        final void replaceAndWait(final int v) throws InterruptedException {
            final Node old = (Node) CURRENT.getAndSet(this, new Node(v));
            rcu.synchronizeExpedited();
            old.reclaim();
        }

        final void replaceAndCall(final int v) {
            rcu.callRcu((Node) CURRENT.getAndSet(this, new Node(v)));
        }
    }

    /** Readers in slots of their own. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class Owned extends Register {
        public Owned() {
            super(4, 0);
        }

        @Operation
        public int read() {
            return guardedRead();
        }

        @Operation(blocking = true)
        public void update(@Param(name = "v") final int v) throws InterruptedException {
            replaceAndWait(v);
        }

        @Operation
        public void updateLater(@Param(name = "v") final int v) {
            replaceAndCall(v);
        }

        @Operation(blocking = true)
        public void reclaim() {
            domain().reclaim();
        }
    }

    /** Readers in leased slots. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class Leased extends Register {
        public Leased() {
            super(0, 4);
        }

        @Operation
        public int read() {
            return guardedRead();
        }

        @Operation(blocking = true)
        public void update(@Param(name = "v") final int v) throws InterruptedException {
            replaceAndWait(v);
        }
    }

    /** Readers in the counter tier. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class Counted extends Register {
        public Counted() {
            super(0, 0);
        }

        @Operation
        public int read() {
            return guardedRead();
        }

        @Operation(blocking = true)
        public void update(@Param(name = "v") final int v) throws InterruptedException {
            replaceAndWait(v);
        }
    }

    /** Mutant: the real domain, whose grace periods wait for nobody. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class Unscanned extends Register {
        public Unscanned() {
            super(unscanned());
        }

        @Operation
        public int read() {
            return guardedRead();
        }

        @Operation(blocking = true)
        public void update(@Param(name = "v") final int v) throws InterruptedException {
            replaceAndWait(v);
        }
    }

    /** Mutant: the same, seen through callbacks. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class UnscannedCallbacks extends Register {
        public UnscannedCallbacks() {
            super(unscanned());
        }

        @Operation
        public int read() {
            return guardedRead();
        }

        @Operation(blocking = true)
        public void updateLater(@Param(name = "v") final int v) {
            replaceAndCall(v);
            domain().reclaim();
        }
    }

    /** Mutant: a reader that takes the reference before it opens its section. */
    @Param(name = "v", gen = IntGen.class, conf = "1:3")
    public static class LateReader extends Register {
        public LateReader() {
            super(4, 0);
        }

        @Operation
        public int read() {
            final Node node = current();
            final RcuSlot section = domain().readLock();
            final int value = node.value();
            section.unlock();
            return value;
        }

        @Operation(blocking = true)
        public void update(@Param(name = "v") final int v) throws InterruptedException {
            replaceAndWait(v);
        }
    }

    /** The plain register. */
    public static class RegisterSpec {
        private int v;

        public int read() {
            return v;
        }

        public void update(final int value) {
            v = value;
        }

        public void updateLater(final int value) {
            v = value;
        }

        public void reclaim() {
        }
    }
}
