// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.contract.RuntimeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Not in the kernel; after Z29, the reference that a retry loop seems to lose: threads set the callbacks of two
 * programs on one timer in turn, while it fires. In the end the counts are exact: the program that is set last lives
 * until the element goes, the other one is unloaded; and no expiry ever ran one program's callback under the other's
 * name.
 */
class T50UpdaterPingPongTest extends PortCase {
    private static final int ROUNDS = 50_000;

    /** What a callback throws to tell its program, without a stack. */
    private static final class Mark extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String program;

        private Mark(String program) {
            super(program, null, false, false);
            this.program = program;
        }
    }

    private final AtomicInteger fired = new AtomicInteger();
    private final AtomicInteger mixed = new AtomicInteger();
    private final AtomicReference<String> last = new AtomicReference<>();

    private void onMark(String program, String map, Throwable error) {
        if (error instanceof Mark mark) {
            if (!mark.program.equals(program)) {
                mixed.getAndIncrement();
            }
            last.set(program);
            fired.getAndIncrement();
        } else {
            onError(program, map, error);
        }
    }

    @Test
    void theReferencesOfTwoProgramsThatReplaceEachOtherAreExactInTheEnd() {
        use(RuntimeSpec.launched(AsyncClock.system(), this::onMark));
        BpfHashMap<Integer, String> map = rt.hashMap("map", 1);
        assertEquals(Status.OK, map.update(0, "v"));
        List<String> names = List.of("a", "b");
        List<BpfProg> programs = names.stream().map(this::load).toList();
        BpfTimer<Integer, String> timer = timer(map, 0, callback("prog"));
        Answers answers = new Answers()
            .allow("setCallback", Status.OK, Status.EBUSY)
            .allow("start", Status.OK, Status.REARMED);
        int rounds = Knobs.count(ROUNDS, 100);
        List<Crew.Job> jobs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int mine = i;
            MapElement<Integer, String> element = found(map, 0);
            TimerCallback<Integer, String> callback = callback(names.get(mine));
            jobs.add(() -> {
                for (int round = 0; round < rounds; round++) {
                    answers.of("setCallback", element.timer().setCallback(programs.get(mine), callback));
                    if (round % 8 == 0) {
                        answers.of("start", element.timer().start(0, 0));
                    }
                }
            });
        }
        Crew.run(jobs);
        System.out.println("T50 " + fired + " fired, " + answers);
        answers.check();
        assertEquals(0, mixed.get(), "a callback ran under another program's name");
        Crew.await("nothing is armed or runs", () -> timer.cancelAsync() == Status.IDLE);
        int before = fired.get();
        timer.start(0, 0);
        Crew.await("it fired once more", () -> fired.get() > before);
        String set = last.get();
        String other = names.get(1 - names.indexOf(set));
        programs.forEach(program -> assertEquals(Status.OK, program.release()));
        Crew.await("the replaced program is unloaded", () -> unloads(other) == 1);
        assertEquals(0, unloads(set), "unloaded while it is set");
        assertEquals(Status.OK, map.delete(0));
        Crew.await("the last one is unloaded", () -> unloads(set) == 1);
        assertTrue(answers.done("setCallback") > 99 * answers.count("setCallback", Status.EBUSY), answers::toString);
    }

    private static TimerCallback<Integer, String> callback(String program) {
        Mark mark = new Mark(program);
        return (map, key, value) -> {
            throw mark;
        };
    }
}
