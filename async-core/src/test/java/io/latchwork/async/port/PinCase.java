// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.MapElement;
import io.latchwork.async.Status;
import io.latchwork.async.contract.RuntimeSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.Agent;

/** What T07 and T08 share: pinned timers run on the base of who armed them. */
abstract class PinCase extends PortCase {
    private static final int BASES = 3;
    private static final int KEYS = 6;
    private static final long DELAY = 1_000;
    private static final int IDLE_ROUNDS = 32;

    private final List<Integer> firedOn = new CopyOnWriteArrayList<>();
    private int agent = -1;

    /** Arms a pinned timer so many ns ahead. */
    abstract Status startPinned(BpfTimer<Integer, String> timer, long ahead);

    /** Each timer fires twice: armed from a bound thread, and then by its callback. */
    final void pinnedTimersFireWhereTheyWereArmed() {
        use(RuntimeSpec.driven(clock, this::onError).withBases(BASES));
        BpfHashMap<Integer, String> map = rt.hashMap("pinned", KEYS);
        for (int base = 0; base < BASES; base++) {
            for (int key = 0; key < KEYS; key++) {
                firedOn.clear();
                assertEquals(Status.OK, rt.bindThread(base));
                assertEquals(Status.OK, map.update(key, "v"));
                boolean[] again = {true};
                BpfTimer<Integer, String> timer = timer(map, key, boottime(), (in, k, value) -> {
                    firedOn.add(agent);
                    if (again[0]) {
                        again[0] = false;
                        assertEquals(Status.OK, startPinned(found(in, k).timer(), DELAY));
                    }
                });
                assertEquals(Status.OK, startPinned(timer, DELAY));
                assertEquals(Status.OK, rt.bindThread(-1));
                drainNoting();
                clock.advance(DELAY);
                drainNoting();
                clock.advance(DELAY);
                drainNoting();
                assertEquals(List.of(base, base), firedOn, "key " + key);
            }
        }
    }

    /** The same with the runtime's own threads, told apart by their names. */
    final void pinnedTimersFireOnTheThreadOfTheBase() {
        useLaunched(BASES);
        List<String> names = IntStream.range(0, BASES).mapToObj(i -> rt.agents().get(i).roleName()).collect(Collectors.toList());
        BpfHashMap<Integer, String> map = rt.hashMap("pinned", KEYS);
        for (int base = 0; base < BASES; base++) {
            List<String> firedBy = new CopyOnWriteArrayList<>();
            assertEquals(Status.OK, rt.bindThread(base));
            for (int key = 0; key < KEYS; key++) {
                assertEquals(Status.OK, map.update(key, "v"));
                MapElement<Integer, String> element = found(map, key);
                assertEquals(Status.OK, element.timer().init(map, boottime()));
                assertEquals(Status.OK, element.timer().setCallback(prog,
                    (in, k, value) -> firedBy.add(Thread.currentThread().getName())));
                assertEquals(Status.OK, startPinned(element.timer(), 50 * US));
            }
            assertEquals(Status.OK, rt.bindThread(-1));
            Crew.await("all fired", () -> firedBy.size() == KEYS);
            String name = names.get(base);
            assertEquals(List.of(), firedBy.stream().filter(by -> !by.equals(name)).toList(), "not on " + name);
        }
    }

    private void drainNoting() {
        for (int idle = 0; idle < IDLE_ROUNDS; ) {
            int done = 0;
            for (agent = 0; agent < rt.agents().size(); agent++) {
                done += work(rt.agents().get(agent));
            }
            agent = -1;
            idle = done == 0 ? idle + 1 : 0;
        }
    }

    private static int work(Agent agent) {
        try {
            return agent.doWork();
        } catch (Exception e) {
            throw new AssertionError(agent.roleName(), e);
        }
    }
}
