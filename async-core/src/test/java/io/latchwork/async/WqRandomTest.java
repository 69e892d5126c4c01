// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.contract.Driver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random sequences of calls on works from one thread, against a plain model. Every answer and every run must agree. */
@Timeout(120)
class WqRandomTest {
    private static final int SEEDS = Integer.getInteger("wq.seeds", 40);
    private static final int STEPS = 2_000;
    private static final int KEYS = 7;
    private static final int MAX_ENTRIES = 5;
    private static final int MAX_WORKS = 3;
    private static final int HANDLES = 8;

    /** What a callback does besides recording itself. */
    private enum Deed { NOTHING, THROW, RESTART, RESTART_AND_CANCEL, DELETE, UPDATE }

    /** A life of an element. */
    private static final class Life {
        final int key;
        boolean alive = true;
        String value;
        Work work;

        Life(int key, String value) {
            this.key = key;
            this.value = value;
        }
    }

    /** A block in use. */
    private static final class Work {
        final String value;
        String callback;
        Deed deed;
        Prog prog;
        boolean pending;

        Work(String value) {
            this.value = value;
        }
    }

    /** A program on both sides. */
    private static final class Prog {
        final AtomicInteger unloads = new AtomicInteger();
        BpfProg real;
        boolean released;
        int works;

        boolean isDead() {
            return released && works == 0;
        }
    }

    /** One sequence. */
    private static final class Run {
        private final long seed;
        private final Random random;
        private final AtomicInteger errors = new AtomicInteger();
        private final AsyncRuntime rt;
        private final Driver driver;
        private final BpfHashMap<Integer, String> map;
        private final Map<Integer, Life> model = new HashMap<>();
        private final List<MapElement<Integer, String>> handles = new ArrayList<>();
        private final Life[] targets = new Life[HANDLES];
        private final List<Prog> programs = new ArrayList<>();
        private final List<String> ran = new ArrayList<>();
        private int works;
        private int thrown;
        private int step;

        Run(long seed) {
            this.seed = seed;
            random = new Random(seed);
            rt = AsyncRuntime.builder().bases(2).kworkers(1 + random.nextInt(3))
                .errorHandler((program, inMap, error) -> errors.incrementAndGet()).build();
            driver = new Driver(rt);
            map = rt.hashMap("m", MAX_ENTRIES, MAX_WORKS);
            for (int i = 0; i < HANDLES; i++) {
                handles.add(map.handle());
            }
            load();
        }

        private void load() {
            Prog prog = new Prog();
            prog.real = rt.loadProgram("p" + programs.size(), prog.unloads::incrementAndGet);
            programs.add(prog);
        }

        void all() {
            for (step = 0; step < STEPS; step++) {
                one(random.nextInt(HANDLES), random.nextInt(KEYS), random.nextInt(100));
            }
            map.close();
            programs.forEach(prog -> prog.real.close());
            rt.close();
            for (Prog prog : programs) {
                agree("unloads at the end", 1, prog.unloads.get());
            }
            assertTrue(rt.audit().isClean(), rt.audit().toString());
        }

        private void one(int at, int key, int choice) {
            Life target = targets[at];
            BpfWq<Integer, String> wq = handles.get(at).wq();
            if (choice < 8) {
                String value = "u" + step;
                agree("update", update(key, value), map.update(key, value));
            } else if (choice < 12) {
                agree("delete", delete(key), map.delete(key));
            } else if (choice < 27) {
                Life found = model.get(key);
                agree("lookup", found == null ? Status.ENOENT : Status.OK, map.lookup(key, handles.get(at)));
                targets[at] = found == null ? target : found;
            } else if (choice < 37) {
                agree("init", init(target), wq.init(map));
            } else if (choice < 50) {
                Prog prog = programs.get(random.nextInt(programs.size()));
                if (prog.isDead() && prog.unloads.get() == 0) {
                    return; // a block that waits for its grace period may hold it still
                }
                Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
                String name = "c" + step;
                agree("setCallback", bind(target, prog, name, deed), wq.setCallback(prog.real, callback(name, deed)));
            } else if (choice < 70) {
                agree("start", start(target), wq.start());
            } else if (choice < 76) {
                agree("cancelAsync", cancelAsync(target), wq.cancelAsync());
            } else if (choice < 79) {
                agree("cancel", cancel(target), wq.cancel());
            } else if (choice < 82) {
                Status refusal = refusal(target);
                if (refusal != null || !target.work.pending) {
                    agree("flush", refusal != null ? refusal : Status.IDLE, wq.flush());
                }
            } else if (choice < 84) {
                release(programs.get(random.nextInt(programs.size())));
            } else if (choice < 92) {
                passOn();
            } else {
                settle();
            }
        }

        private void release(Prog prog) {
            agree("release program", prog.released ? Status.ENOENT : Status.OK, prog.real.release());
            prog.released = true;
            if (prog.isDead()) {
                load();
            }
        }

        /** The bases alone: what is pending waits at the kworkers. */
        private void passOn() {
            try {
                rt.agents().get(0).doWork();
                rt.agents().get(1).doWork();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private WorkCallback<Integer, String> callback(String name, Deed deed) {
            return (inMap, key, value) -> {
                ran.add(name + ":" + key + "=" + value);
                BpfWq<Integer, String> own = map.lookup(key).wq();
                switch (deed) {
                    case THROW -> throw new IllegalStateException(name);
                    case RESTART -> {
                        if (ran.stream().filter(each -> each.startsWith(name + ":")).count() < 3) {
                            agree("restart", Status.OK, own.start());
                        }
                    }
                    case RESTART_AND_CANCEL -> {
                        agree("restart", Status.OK, own.start());
                        agree("own cancelAsync", Status.CANCELLED, own.cancelAsync());
                        agree("own cancelAsync", Status.RUNNING, own.cancelAsync());
                        agree("own cancel", Status.EDEADLK, own.cancel());
                        agree("own flush", Status.EDEADLK, own.flush());
                    }
                    case DELETE -> agree("delete in callback", Status.OK, map.delete(key));
                    case UPDATE -> {
                        agree("update in callback", Status.OK, map.update(key, "by callback"));
                        agree("start in callback", Status.EINVAL, own.start());
                    }
                    default -> { }
                }
            };
        }

        /** Runs what is pending on both sides; in no particular order. */
        private void settle() {
            ran.clear();
            driver.drain();
            List<String> expected = new ArrayList<>();
            for (Life life : List.copyOf(model.values())) {
                Work work = life.work;
                if (work != null && work.pending) {
                    work.pending = false;
                    int times = work.deed == Deed.RESTART ? 3 : 1;
                    for (int i = 0; i < times; i++) {
                        expected.add(work.callback + ":" + life.key + "=" + work.value);
                    }
                    carryOut(work.deed, life);
                }
            }
            List<String> actual = new ArrayList<>(ran);
            expected.sort(null);
            actual.sort(null);
            agree("runs", expected, actual);
            agree("errors", thrown, errors.get());
            agree("pending", 0L, rt.audit().pendingWorks());
            for (Prog prog : programs) {
                agree("unloads", prog.isDead() ? 1 : 0, prog.unloads.get());
            }
        }

        private void carryOut(Deed deed, Life life) {
            switch (deed) {
                case THROW -> thrown++;
                case DELETE -> delete(life.key);
                case UPDATE -> update(life.key, "by callback");
                default -> { }
            }
        }

        // ------------------------------------------------------------------------------------------------ the model

        private Status update(int key, String value) {
            Life life = model.get(key);
            if (life == null && model.size() == MAX_ENTRIES) {
                return Status.E2BIG;
            }
            if (life == null) {
                model.put(key, new Life(key, value));
            } else {
                life.value = value;
                free(life);
            }
            return Status.OK;
        }

        private Status delete(int key) {
            Life life = model.remove(key);
            if (life == null) {
                return Status.ENOENT;
            }
            life.alive = false;
            free(life);
            return Status.OK;
        }

        private void free(Life life) {
            if (life.work != null) {
                unbind(life.work);
                life.work = null;
                works--;
            }
        }

        private static void unbind(Work work) {
            if (work.prog != null) {
                work.prog.works--;
                work.prog = null;
            }
            work.pending = false;
        }

        private Status init(Life life) {
            if (life == null || !life.alive) {
                return Status.ENOENT;
            }
            if (life.work != null) {
                return Status.EBUSY;
            }
            if (works == MAX_WORKS) {
                return Status.ENOMEM;
            }
            life.work = new Work(life.value);
            works++;
            return Status.OK;
        }

        private static Status refusal(Life life) {
            return life == null || !life.alive ? Status.ENOENT : life.work == null ? Status.EINVAL : null;
        }

        private Status bind(Life life, Prog prog, String name, Deed deed) {
            Status refusal = refusal(life);
            if (refusal != null) {
                return refusal;
            }
            if (prog.isDead()) {
                return Status.ENOENT;
            }
            prog.works++;
            if (life.work.prog != null) {
                life.work.prog.works--;
            }
            life.work.prog = prog;
            life.work.callback = name;
            life.work.deed = deed;
            return Status.OK;
        }

        private Status start(Life life) {
            Status refusal = refusal(life);
            if (refusal != null) {
                return refusal;
            }
            if (life.work.prog == null) {
                return Status.EINVAL;
            }
            boolean was = life.work.pending;
            life.work.pending = true;
            return was ? Status.PENDING : Status.OK;
        }

        private Status cancelAsync(Life life) {
            Status refusal = refusal(life);
            if (refusal != null) {
                return refusal;
            }
            boolean was = life.work.pending;
            life.work.pending = false;
            return was ? Status.CANCELLED : Status.IDLE;
        }

        private Status cancel(Life life) {
            Status answer = cancelAsync(life);
            if (!answer.isRefusal()) {
                unbind(life.work);
            }
            return answer;
        }

        private void agree(String what, Object expected, Object actual) {
            assertEquals(expected, actual, () -> what + ", step " + step + ", -Dwq.seed=" + seed + " -Dwq.seeds=1");
        }
    }

    @Test
    void randomSequencesAgreeWithTheModel() {
        long firstSeed = Long.getLong("wq.seed", System.nanoTime());
        System.out.println("WqRandomTest -Dwq.seed=" + firstSeed);
        for (long seed = firstSeed; seed < firstSeed + SEEDS; seed++) {
            new Run(seed).all();
        }
    }
}
