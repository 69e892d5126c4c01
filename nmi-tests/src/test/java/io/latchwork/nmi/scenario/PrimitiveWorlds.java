// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.async.ManualClock;
import io.latchwork.async.internal.Quota;
import io.latchwork.async.internal.RefCount;
import io.latchwork.async.internal.TaggedPool;
import io.latchwork.irqwork.HybridIdle;
import io.latchwork.irqwork.IrqWorkQueue;
import io.latchwork.irqwork.IrqWorker;
import io.latchwork.irqwork.Llist;
import io.latchwork.irqwork.LlistNode;
import io.latchwork.irqwork.Parker;
import io.latchwork.nmi.PrimitivePairs.Subject;
import io.latchwork.nmi.toy.LatchedPair;
import io.latchwork.nmi.toy.RcuCell;
import io.latchwork.nmi.toy.ToyWork;
import io.latchwork.rcu.Rcu;
import io.latchwork.seqlatch.LatchCell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What the calls of the primitives are made on, and the calls. A superclass of the scenarios, so bound as they are. */
abstract class PrimitiveWorlds {
    private static final int OWNED = 0;
    private static final int LEASED = 1;
    private static final int COUNTED = 2;
    private static final int ENOUGH = 16;

    static World world(final Subject subject) {
        return switch (subject) {
            case SEQCOUNT_LATCH -> new Latch();
            case LATCH_CELL -> new Cells();
            case LLIST -> new Lists();
            case IRQ_WORK -> new Works();
            case RCU -> new Readers(OWNED);
            case RCU_LEASED -> new Readers(LEASED);
            case RCU_COUNTED -> new Readers(COUNTED);
            case REF_COUNT -> new References();
            case TAGGED_POOL -> new Pool();
            case QUOTA -> new Units();
            case CLOCK -> new Clock();
        };
    }

    /** A call. */
    @FunctionalInterface
    interface Call {
        Object call(int index) throws Exception;
    }

    /** One subject in a known state, and its calls by name. */
    abstract static class World {
        final Map<String, Call> calls = new LinkedHashMap<>();

        /** A call whose argument is told by which of the calls it is, from 0. */
        final void addNumbered(final String name, final Call call) {
            calls.put(name, call);
        }

        final void add(final String name, final Callable<Object> call) {
            calls.put(name, index -> call.call());
        }

        /** A call whose answer says nothing of the order in which things came. */
        final void ask(final String name, final Callable<Object> call) {
            calls.put(name, index -> {
                call.call();
                return "asked";
            });
        }

        String whyNotIn(final String nested, final String interrupted) {
            return null;
        }

        /** What is left. */
        abstract Object end() throws Exception;

        /** Whether an outcome that no order has is right. */
        boolean accepts(final String interrupted, final List<String> others, final List<Object> outcome) {
            return false;
        }
    }

    private static final class Latch extends World {
        private final LatchedPair pair = new LatchedPair();

        Latch() {
            pair.write(1, 1);
            add("read", pair::read);
            addNumbered("write", index -> {
                pair.write(2 + index, 2 + index);
                return "written";
            });
        }

        @Override
        String whyNotIn(final String nested, final String interrupted) {
            return nested.equals("write") && interrupted.equals("write") ? "one writer's" : null;
        }

        @Override
        Object end() {
            return pair.read();
        }
    }

    private static final class Cells extends World {
        private final LatchCell<String, String> cell = new LatchCell<>();

        Cells() {
            exchange(0);
            addNumbered("exchange, free", index -> exchange(1 + index));
            add("clear, free", () -> taken(cell.clear()));
            add("read", this::read);
            add("isEmpty", cell::isEmpty);
        }

        private String exchange(final int number) {
            return taken(cell.exchange("a" + number, "b" + number));
        }

        private String taken(final int slot) {
            if (slot == LatchCell.BUSY || slot == LatchCell.NONE) {
                return slot == LatchCell.BUSY ? "BUSY" : "nothing";
            }
            final String taken = cell.first(slot) + "/" + cell.second(slot);
            cell.free(slot);
            return taken;
        }

        private String read() {
            long token;
            String pair;
            do {
                token = cell.readBegin();
                pair = cell.readFirst(token) + "/" + cell.readSecond(token);
            } while (cell.readRetry(token));
            return pair;
        }

        @Override
        Object end() {
            final List<String> seen = new ArrayList<>(List.of(read()));
            for (int i = 100; i < 109; i++) { // more often than there are slots
                seen.add(exchange(i));
            }
            return seen;
        }
    }

    private static final class Lists extends World {
        private final Llist list = new Llist();
        private final List<Node> nodes = new ArrayList<>();

        Lists() {
            for (int i = 0; i < ENOUGH; i++) {
                nodes.add(new Node(i));
            }
            push(0);
            push(1);
            addNumbered("push", index -> push(2 + index));
            add("takeAll, reverse", () -> numbers(Llist.reverse(list.takeAll())));
            add("close", () -> numbers(list.close()));
            add("isEmpty", list::isEmpty);
            add("isClosed", list::isClosed);
        }

        /** A node with a number. */
        private static final class Node extends LlistNode {
            private final int number;

            Node(final int number) {
                this.number = number;
            }
        }

        private Object push(final int index) {
            return list.push(nodes.get(index)).name();
        }

        @Override
        String whyNotIn(final String nested, final String interrupted) {
            final List<String> both = List.of(nested, interrupted);
            return both.contains("close") && (nested.equals(interrupted) || both.contains("takeAll, reverse"))
                ? "by contract: nobody else takes meanwhile" : null;
        }

        private static List<Integer> numbers(final LlistNode chain) {
            final List<Integer> numbers = new ArrayList<>();
            LlistNode node = chain;
            while (node != null) {
                numbers.add(((Node) node).number);
                final LlistNode next = node.next();
                node.detach();
                node = next;
            }
            return numbers;
        }

        @Override
        Object end() {
            return list.isEmpty() + " " + list.isClosed() + " " + numbers(list.takeAll());
        }
    }

    /** An item that was queued already, another one, and the owner's side. */
    private static final class Works extends World {
        private final ToyWork first = new ToyWork();
        private final ToyWork second = new ToyWork();
        private final ToyWork third = new ToyWork();
        private int unparks;
        private final HybridIdle idle = new HybridIdle(0, 0, 1, () -> 0, new Parker() {
            @Override
            public void park(final long ns) {
                // nobody waits here
            }

            @Override
            public void unpark() {
                unparks++;
            }
        });
        private final IrqWorkQueue queue = new IrqWorkQueue(idle, (work, error) -> { });
        private final IrqWorker worker = new IrqWorker("worker", queue);

        Works() {
            idle.bind(queue::isEmpty, () -> Long.MAX_VALUE);
            first.storeAndQueue(queue);
            add("queue", () -> first.storeAndQueue(queue));
            add("queueLazy", () -> queue.queueLazy(second).name());
            add("queueHard", () -> queue.queueHard(third).name());
            ask("isEmpty", queue::isEmpty);
            add("isClosed", queue::isClosed);
            ask("isPending, isBusy", () -> first.isPending() && first.isBusy());
            add("raise", () -> {
                idle.raise();
                return "raised";
            });
            add("names", () -> List.of(worker.roleName(), worker.nextDeadlineNs(), queue.handlerFailures(), idle.alias()));
            ask("run", queue::run);
            ask("doWork", worker::doWork);
            ask("close", queue::close);
            ask("onClose", () -> {
                worker.onClose();
                return null;
            });
            ask("idle, reset", () -> {
                idle.idle(0);
                idle.reset();
                return null;
            });
        }

        private static boolean isOwners(final String call) {
            return List.of("run", "doWork", "close", "onClose", "idle, reset").contains(call);
        }

        @Override
        String whyNotIn(final String nested, final String interrupted) {
            return isOwners(nested) && isOwners(interrupted) ? "one owner's" : null;
        }

        /** Whatever was not refused is run, and has seen the last store before its queueing. */
        @Override
        Object end() {
            idle.idle(0);
            queue.run();
            return "up to date " + first.upToDate() + " runs " + second.runs() + " " + third.runs() + " idle "
                + !(first.isPending() || first.isBusy() || second.isPending() || third.isPending()) + " then "
                + first.storeAndQueue(queue) + " " + queue.run() + " " + queue.isEmpty() + " " + queue.isClosed();
        }

        /** Closing runs what there is and refuses the rest; who is refused may yet have been in time for the run. */
        @Override
        boolean accepts(final String interrupted, final List<String> others, final List<Object> outcome) {
            final boolean closes = interrupted.endsWith("lose") || others.stream().anyMatch(call -> call.endsWith("lose"));
            return closes && outcome.contains("CLOSED")
                && outcome.get(outcome.size() - 1).toString().startsWith("up to date true");
        }
    }

    /** A domain that is driven by hand. */
    private static final class Readers extends World {
        private final RcuCell cell;
        private int called;

        Readers(final int tier) {
            final Rcu.Builder builder = Rcu.builder().manual().counterStripes(1);
            cell = new RcuCell(builder.ownedSlots(tier == OWNED ? 8 : 0).leasedSlots(tier == LEASED ? 8 : 0).build());
            final Rcu rcu = cell.rcu();
            add("readLock, unlock", cell::readNested);
            ask("isReadHeld", rcu::isReadHeld);
            add("nmiEnter, nmiExit", cell::mark);
            ask("inNmi", rcu::inNmi);
            ask("callRcu", () -> {
                rcu.callRcu(cell.item(++called));
                return null;
            });
            ask("tryCallRcu", () -> rcu.tryCallRcu(cell.item(++called)));
            ask("startPoll, poll", () -> rcu.poll(rcu.startPoll()));
            ask("stats", rcu::stats);
            ask("reclaim", rcu::reclaim);
            ask("synchronize", () -> cell.replaceAndReclaim(9));
            ask("condSynchronize, synchronize", () -> {
                rcu.condSynchronize(rcu.startPoll());
                rcu.synchronize();
                return null;
            });
            ask("synchronizeExpedited", () -> {
                rcu.synchronizeExpedited();
                return null;
            });
            ask("callRcuThrottled", () -> {
                rcu.callRcuThrottled(cell.item(++called));
                return null;
            });
            ask("barrier", () -> {
                rcu.barrier();
                return null;
            });
        }

        @Override
        String whyNotIn(final String nested, final String interrupted) {
            return switch (nested) {
                case "reclaim", "synchronize", "condSynchronize, synchronize", "synchronizeExpedited", "callRcuThrottled",
                    "barrier" ->
                    "waits for readers: refused in a section";
                default -> null;
            };
        }

        /** Every object is reclaimed once, and a section that leaked would keep every grace period from ending. */
        @Override
        Object end() throws InterruptedException {
            cell.rcu().reclaim();
            final List<Integer> digits = String.valueOf(cell.order()).chars().map(c -> c - '0').sorted().boxed().toList();
            return cell.read() + " " + cell.replaceAndReclaim(8) + " " + digits + " of " + called + " "
                + cell.rcu().stats().backlog() + " " + cell.rcu().isReadHeld() + " " + cell.rcu().inNmi();
        }
    }

    private static final class References extends World {
        private final RefCount count = new RefCount(3);

        References() {
            add("tryGet", count::tryGet);
            add("put", count::put);
            add("tryPut", count::tryPut);
            add("get", count::get);
        }

        @Override
        Object end() {
            return count.get() + " " + count.tryGet();
        }
    }

    /** Some objects, of which half are taken out already. */
    private static final class Pool extends World {
        private final TaggedPool<Integer> pool = new TaggedPool<>(ENOUGH, index -> index);
        private final List<Integer> held = new ArrayList<>();

        Pool() {
            for (int i = 0; i < ENOUGH / 2; i++) {
                held.add(pool.pop());
            }
            add("pop", () -> String.valueOf(pool.pop()));
            addNumbered("push", index -> {
                pool.push(held.get(index));
                return "put back";
            });
            ask("available, capacity", () -> pool.available() + pool.capacity());
        }

        @Override
        Object end() {
            final List<Object> rest = new ArrayList<>(List.of(pool.available()));
            for (Integer next = pool.pop(); next != null && rest.size() <= ENOUGH; next = pool.pop()) {
                rest.add(next);
            }
            return rest;
        }
    }

    private static final class Units extends World {
        private final Quota quota = new Quota(2);

        Units() {
            quota.tryTake();
            add("tryTake", quota::tryTake);
            add("giveBack", () -> {
                quota.giveBack();
                return "given back";
            });
            add("used", quota::used);
        }

        @Override
        Object end() {
            return quota.used();
        }
    }

    private static final class Clock extends World {
        private final ManualClock clock = new ManualClock(100, 1000);
        private int steps;

        Clock() {
            clock.onStep(() -> steps++);
            add("nanoTime", clock::nanoTime);
            add("epochNanos", clock::epochNanos);
            add("bootNanos", clock::bootNanos);
            add("advance", () -> clock.advance(10));
            add("set", () -> clock.set(105));
            add("stepRealTime", () -> {
                clock.stepRealTime(-300);
                return "stepped";
            });
            add("setRealTime", () -> {
                clock.setRealTime(7000);
                return "stepped";
            });
            add("suspend", () -> {
                clock.suspend(1);
                return "slept";
            });
            add("onStep, offStep", () -> {
                final Runnable listener = () -> { };
                clock.onStep(listener);
                clock.offStep(listener);
                return "listened";
            });
        }

        @Override
        String whyNotIn(final String nested, final String interrupted) {
            return nested.equals("onStep, offStep") ? "allocates, by contract" : null;
        }

        /** By contract: a step that comes while the wall clock is set may count on top or not; suspend moves two, one by one. */
        @Override
        boolean accepts(final String interrupted, final List<String> others, final List<Object> outcome) {
            final List<String> all = new ArrayList<>(others);
            all.add(interrupted);
            return all.size() > 2 && all.contains("suspend")
                || all.contains("setRealTime") && (all.contains("advance") || all.contains("set"));
        }

        @Override
        Object end() {
            return clock.nanoTime() + " " + clock.epochNanos() + " " + clock.bootNanos() + " after " + steps + " steps";
        }
    }
}
