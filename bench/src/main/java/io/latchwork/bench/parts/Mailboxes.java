// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.parts;

import io.latchwork.irqwork.IrqWork;
import io.latchwork.irqwork.IrqWorkQueue;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.varhandle.MpscLinkedVarHandleQueue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/** Mailboxes, by name. */
public final class Mailboxes {
    private static final int CAPACITY = 1 << 16;

    private Mailboxes() {
    }

    /**
     * Makes one.
     *
     * @param name {@code irqwork}, {@code clq} for the JDK's concurrent linked queue, {@code jctools-linked}, or
     *     {@code jctools-array}, which holds 65 536 items
     * @return the mailbox
     */
    public static Mailbox of(final String name) {
        return switch (name) {
            case "irqwork" -> new Works(new IrqWorkQueue(() -> { }, (work, error) -> rethrow(error)));
            case "clq" -> new Queued(new ConcurrentLinkedQueue<>());
            case "jctools-linked" -> new Queued(new MpscLinkedVarHandleQueue<>());
            case "jctools-array" -> new Queued(new MpscVarHandleArrayQueue<>(CAPACITY));
            default -> throw new IllegalArgumentException("no mailbox " + name);
        };
    }

    private static void rethrow(final Throwable error) {
        throw new IllegalStateException(error);
    }

    private record Works(IrqWorkQueue queue) implements Mailbox {
        private static final class Item extends IrqWork {
            private final Runnable action;

            Item(final Runnable action) {
                this.action = action;
            }

            @Override
            protected void run() {
                action.run();
            }
        }

        @Override
        public Sender sender(final int items, final Runnable action) {
            final Item[] all = new Item[items];
            Arrays.setAll(all, i -> new Item(action));
            return item -> queue.queue(all[item]) == IrqWorkQueue.Outcome.QUEUED;
        }

        @Override
        public int drain() {
            return queue.run();
        }
    }

    /** Any queue; whether an item is under way is a flag of the item, as it is of an {@code IrqWork}. */
    private record Queued(Queue<Queued.Item> queue) implements Mailbox {
        private static final class Item {
            private final AtomicBoolean underWay = new AtomicBoolean();
            private final Runnable action;

            Item(final Runnable action) {
                this.action = action;
            }
        }

        @Override
        public Sender sender(final int items, final Runnable action) {
            final Item[] all = new Item[items];
            Arrays.setAll(all, i -> new Item(action));
            return item -> send(all[item]);
        }

        private boolean send(final Item item) {
            if (item.underWay.getAcquire()) {
                return false;
            }
            item.underWay.setPlain(true); // the queue publishes it
            if (queue.offer(item)) {
                return true;
            }
            item.underWay.setPlain(false); // full
            return false;
        }

        @Override
        public int drain() {
            int done = 0;
            for (Item item = queue.poll(); item != null; item = queue.poll()) {
                item.underWay.setRelease(false);
                item.action.run();
                done++;
            }
            return done;
        }
    }
}
