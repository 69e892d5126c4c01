// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** {@link Llist}: any number of pushers and takers; and with one owner that takes and closes. */
public class LlistLincheckTest {

    @Test
    void pushAndTakeAreAtomicAndNobodyWaits() {
        LincheckSizes.lockFree(Open.class, ListSpec.class);
    }

    @Test
    void closingIsAtomicAndNobodyWaits() {
        LincheckSizes.lockFree(Closable.class, ListSpec.class);
    }

    @Test
    void mutantThatLooksThenClearsIsCaught() {
        LincheckSizes.modelCaught(GetThenClear.class, ListSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    @Test
    void takingBesideClosingIsCaught() { // why the contract forbids it
        LincheckSizes.modelCaught(TakenBesideClosing.class, ListSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    private static final class Node extends LlistNode {
        private final int v;

        Node(final int v) {
            this.v = v;
        }
    }

    private static List<Integer> values(final LlistNode chain) {
        final List<Integer> values = new ArrayList<>();
        for (LlistNode node = chain; node != null; node = node.next()) {
            values.add(((Node) node).v);
        }
        return values;
    }

    /** Without closing. */
    @Param(name = "v", gen = IntGen.class, conf = "1:5")
    public static class Open {
        private final Llist list = new Llist();

        @Operation
        public Llist.Push push(@Param(name = "v") final int v) {
            return list.push(new Node(v));
        }

        @Operation
        public List<Integer> takeAll() {
            return values(list.takeAll());
        }

        @Operation
        public boolean isEmpty() {
            return list.isEmpty();
        }
    }

    /** With closing, which the owner alone may do. */
    @Param(name = "v", gen = IntGen.class, conf = "1:5")
    public static class Closable {
        private final Llist list = new Llist();

        @Operation
        public Llist.Push push(@Param(name = "v") final int v) {
            return list.push(new Node(v));
        }

        @Operation(nonParallelGroup = "owner")
        public List<Integer> takeAll() {
            return values(list.takeAll());
        }

        @Operation(nonParallelGroup = "owner")
        public List<Integer> close() {
            return values(list.close());
        }

        @Operation
        public boolean isClosed() {
            return list.isClosed();
        }
    }

    /** Against the contract: a take beside a close. */
    @Param(name = "v", gen = IntGen.class, conf = "1:5")
    public static class TakenBesideClosing {
        private final Llist list = new Llist();

        @Operation
        public Llist.Push push(@Param(name = "v") final int v) {
            return list.push(new Node(v));
        }

        @Operation
        public List<Integer> takeAll() {
            final LlistNode chain = list.takeAll();
            // a taker that overtook a close is handed the closing mark itself, which is no node of ours
            return chain instanceof Node || chain == null ? values(chain) : List.of(-1);
        }

        @Operation
        public List<Integer> close() {
            return values(list.close());
        }
    }

    /** Mutant: takes by a load and a store. */
    @Param(name = "v", gen = IntGen.class, conf = "1:5")
    public static class GetThenClear {
        private static final VarHandle HEAD;
        private LlistNode head;

        static {
            try {
                HEAD = MethodHandles.lookup().findVarHandle(GetThenClear.class, "head", LlistNode.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Operation
        public Llist.Push push(@Param(name = "v") final int v) {
            final Node node = new Node(v);
            for (;;) {
                final LlistNode first = (LlistNode) HEAD.getVolatile(this);
                node.next = first;
                if (HEAD.compareAndSet(this, first, (LlistNode) node)) {
                    return first == null ? Llist.Push.EMPTY : Llist.Push.NON_EMPTY;
                }
            }
        }

        @Operation
        public List<Integer> takeAll() {
            final LlistNode first = (LlistNode) HEAD.getVolatile(this);
            HEAD.setVolatile(this, (LlistNode) null);
            return values(first);
        }
    }

    /** The plain list. */
    public static class ListSpec {
        private final List<Integer> list = new ArrayList<>();
        private boolean closed;

        public Llist.Push push(final int v) {
            if (closed) {
                return Llist.Push.CLOSED;
            }
            list.add(0, v);
            return list.size() == 1 ? Llist.Push.EMPTY : Llist.Push.NON_EMPTY;
        }

        public List<Integer> takeAll() {
            final List<Integer> taken = new ArrayList<>(list);
            list.clear();
            return taken;
        }

        public List<Integer> close() {
            closed = true;
            return takeAll();
        }

        public boolean isEmpty() {
            return list.isEmpty();
        }

        public boolean isClosed() {
            return closed;
        }
    }
}
