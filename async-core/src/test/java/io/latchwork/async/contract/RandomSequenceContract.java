// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ClockId;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.contract.SequentialModel.Deed;
import io.latchwork.async.contract.SequentialModel.Element;
import io.latchwork.async.contract.SequentialModel.Firing;
import io.latchwork.async.contract.SequentialModel.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random sequences of calls from one thread, against {@link SequentialModel}. Every answer and every firing must agree. */
abstract class RandomSequenceContract extends ContractCase {
    private static final int SEEDS = Integer.getInteger("contract.seeds", 50);
    private static final int OPS = 2_000;
    private static final int KEYS = 8;
    private static final int MAX_ENTRIES = 6;
    private static final int MAX_TIMERS = 4;
    private static final int HANDLES = 10;

    @Test
    @Timeout(120)
    void randomSequencesAgreeWithTheModel() {
        long firstSeed = Long.getLong("contract.seed", System.nanoTime());
        for (long seed = firstSeed; seed < firstSeed + SEEDS; seed++) {
            use(driven());
            Run run = new Run(seed);
            for (int op = 0; op < OPS; op++) {
                run.step(op);
            }
            run.end();
            rt.close();
        }
    }

    /** One sequence. */
    private final class Run {
        private final long seed;
        private final Random random;
        private final SequentialModel model = new SequentialModel(MAX_ENTRIES, MAX_TIMERS, clock.nanoTime());
        private final List<MapElement<Integer, String>> handles = new ArrayList<>();
        private final Element[] targets = new Element[HANDLES];
        private final List<LoadedProgram> programs = new ArrayList<>();
        private final List<String> seen = new ArrayList<>();
        private int op;
        private int at;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            map = rt.hashMap("differential", MAX_ENTRIES, MAX_TIMERS);
            errors.clear();
            for (int i = 0; i < HANDLES; i++) {
                handles.add(map.handle());
            }
            load();
        }

        private void load() {
            LoadedProgram program = new LoadedProgram();
            program.prog = rt.loadProgram("p" + programs.size(), program.unloads::incrementAndGet);
            programs.add(program);
        }

        void step(int number) {
            op = number;
            at = random.nextInt(HANDLES);
            int key = random.nextInt(KEYS);
            int choice = random.nextInt(100);
            if (choice < 10) {
                String value = "u" + number;
                agree("update", model.update(key, value), map.update(key, value));
            } else if (choice < 15) {
                agree("delete", model.delete(key), map.delete(key));
            } else if (choice < 30) {
                lookup(key);
            } else if (choice < 75) {
                timerCall(choice);
            } else if (choice < 78) {
                programCall();
            } else {
                advance();
            }
            settle();
        }

        private void lookup(int key) {
            Element found = model.find(key);
            if (random.nextInt(4) == 0) {
                MapElement<Integer, String> fresh = map.lookup(key);
                check("lookup", found == null, fresh == null);
                if (found != null) {
                    handles.set(at, fresh);
                }
            } else {
                agree("lookup", found == null ? Status.ENOENT : Status.OK, map.lookup(key, handles.get(at)));
            }
            if (found != null) {
                targets[at] = found;
            }
        }

        private void timerCall(int choice) {
            Element target = targets[at];
            BpfTimer<Integer, String> timer = handles.get(at).timer();
            if (choice < 40) {
                agree("init", model.init(target), timer.init(map, ClockId.MONOTONIC));
            } else if (choice < 50) {
                LoadedProgram program = programs.get(random.nextInt(programs.size()));
                Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
                String name = "c" + op;
                agree("setCallback", model.setCallback(target, program.model, name, deed),
                        timer.setCallback(program.prog, callback(name, deed)));
            } else if (choice < 66) {
                start(target, timer);
            } else if (choice < 72) {
                agree("cancelAsync", model.cancelAsync(target), timer.cancelAsync());
            } else {
                agree("cancel", model.cancel(target), timer.cancel());
            }
        }

        private void start(Element target, BpfTimer<Integer, String> timer) {
            long delay = (random.nextInt(24) - 3) * MS; // coarse, so that deadlines meet
            if (random.nextBoolean()) {
                agree("start", model.start(target, model.now + Math.max(0, delay)), timer.start(delay, 0));
            } else {
                long deadline = model.now + delay;
                agree("start abs", model.start(target, deadline), timer.start(deadline, BpfTimer.TIMER_ABS));
            }
        }

        private void programCall() {
            LoadedProgram program = programs.get(random.nextInt(programs.size()));
            agree("release program", program.model.released ? Status.ENOENT : Status.OK, program.prog.release());
            program.model.released = true;
            if (program.model.isDead()) {
                load();
            }
        }

        private void advance() {
            model.now = clock.advance(random.nextInt(10) * MS / 2);
        }

        private TimerCallback<Integer, String> callback(String name, Deed deed) {
            return (inMap, key, value) -> {
                seen.add(name + ":" + key + "=" + value);
                switch (deed) {
                    case THROW -> throw new IllegalStateException(name);
                    case DELETE -> check("delete in callback", Status.OK, map.delete(key));
                    case UPDATE -> check("update in callback", Status.OK, map.update(key, "by callback"));
                    case RESTART -> check("restart", Status.OK, restart(key));
                    case IS_STOPPED -> {
                        check("restart", Status.OK, restart(key));
                        check("cancel from outside", Status.CANCELLED, outside(() -> map.lookup(key).timer().cancelAsync()));
                        check("restart when stopped", Status.ECANCELED, restart(key));
                    }
                    default -> {
                    }
                }
            };
        }

        private Status restart(int key) {
            return map.lookup(key).timer().start(SequentialModel.RESTART_NS, 0);
        }

        /** Runs what is due on both sides and compares everything that can be seen. */
        private void settle() {
            seen.clear();
            driver.drain();
            List<Firing> firings = model.runDue();
            List<String> expected = firings.stream().map(Firing::text).toList();
            check("firings", expected, inOrderOfTies(firings));
            check("errors", model.errors, errors.size());
            check("size", model.size(), map.size());
            assertTrue(rt.nextDeadlineNs() <= model.earliest(), where("next deadline"));
            for (LoadedProgram program : programs) {
                check("unloads", program.model.isDead() ? 1 : 0, program.unloads.get());
            }
            Element target = targets[at];
            boolean alive = target != null && target.alive;
            check("key", alive ? target.key : null, handles.get(at).key());
            check("value", alive ? target.value : null, handles.get(at).value());
        }

        /** What was seen, with each group of equal deadlines sorted as the model sorts it. */
        private List<String> inOrderOfTies(List<Firing> firings) {
            List<String> sorted = new ArrayList<>(seen);
            for (int from = 0, to; from < firings.size() && sorted.size() == firings.size(); from = to) {
                to = from + 1;
                while (to < firings.size() && firings.get(to).deadline() == firings.get(from).deadline()) {
                    to++;
                }
                sorted.subList(from, to).sort(null);
            }
            return sorted;
        }

        void end() {
            map.close();
            programs.forEach(program -> program.prog.close());
            driver.drain();
            for (LoadedProgram program : programs) {
                check("unloads at the end", 1, program.unloads.get());
            }
        }

        private void agree(String call, Status expected, Status actual) {
            check(call, expected, actual);
        }

        private void check(String what, Object expected, Object actual) {
            assertEquals(expected, actual, () -> where(what));
        }

        private String where(String what) {
            return what + ", step " + op + ", -Dcontract.seed=" + seed + " -Dcontract.seeds=1";
        }
    }

    /** A program on both sides. */
    private static final class LoadedProgram {
        final Program model = new Program();
        final AtomicInteger unloads = new AtomicInteger();
        BpfProg prog;
    }
}
