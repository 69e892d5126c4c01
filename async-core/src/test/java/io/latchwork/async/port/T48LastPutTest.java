// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latchwork.async.BpfHashMap;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfProg;
import io.latchwork.async.Status;
import io.latchwork.async.contract.Feature;
import io.latchwork.async.contract.RuntimeSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Not in the kernel; after Z43 and Z53, the last put in NMI: the last reference on a program, a block and a map is
 * dropped in every context there is. The unload hook runs once, later, on a worker, and everything is freed.
 */
class T48LastPutTest extends PortCase {
    private final Interrupt interrupt = new Interrupt();

    /** Where a reference is dropped. */
    enum Context {
        TASK(EnumSet.noneOf(Feature.class)),
        ANOTHER_THREAD(EnumSet.noneOf(Feature.class)),
        TIMER_CALLBACK(EnumSet.noneOf(Feature.class)),
        WORK_CALLBACK(EnumSet.of(Feature.WORKS)),
        READ_SECTION(EnumSet.of(Feature.VIEWS)),
        NMI(EnumSet.of(Feature.NMI)),
        NMI_OVER_A_START(EnumSet.of(Feature.NMI)),
        NMI_OVER_A_BASES_PASS(EnumSet.of(Feature.NMI)),
        NMI_IN_A_CALLBACK(EnumSet.of(Feature.NMI));

        private final Set<Feature> needs;

        Context(Set<Feature> needs) {
            this.needs = needs;
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletingTheElementDropsTheLastReferenceOnProgramAndBlock(Context context) {
        open(context);
        BpfHashMap<Integer, String> map = armed("own");
        in(context, () -> assertEquals(Status.OK, map.delete(0)));
        isFreed();
    }

    @ParameterizedTest
    @EnumSource
    void updatingTheElementDoesToo(Context context) {
        open(context);
        BpfHashMap<Integer, String> map = armed("own");
        in(context, () -> assertEquals(Status.OK, map.update(0, "new")));
        isFreed();
    }

    @ParameterizedTest
    @EnumSource
    void soDoesTheLastReleaseOfTheMap(Context context) {
        open(context);
        BpfHashMap<Integer, String> map = armed("own");
        in(context, () -> assertEquals(Status.OK, map.release()));
        isFreed();
        assertEquals(0, map.size());
        assertEquals(Status.ENOENT, map.release());
    }

    @ParameterizedTest
    @EnumSource
    void andSettingAnotherProgramsCallback(Context context) {
        open(context);
        BpfHashMap<Integer, String> map = armed("own");
        in(context, () -> assertEquals(Status.OK, found(map, 0).timer().setCallback(prog, (in, key, value) -> { })));
        assertEquals(1, unloads("own"));
    }

    @ParameterizedTest
    @EnumSource
    void andTheLoadersRelease(Context context) {
        open(context);
        BpfProg own = load("own");
        in(context, () -> assertEquals(Status.OK, own.release()));
        assertEquals(1, unloads("own"));
        assertEquals(Status.ENOENT, own.release());
    }

    private void open(Context context) {
        Set<Feature> missing = EnumSet.copyOf(context.needs);
        missing.removeAll(VARIANT.features());
        if (!missing.isEmpty()) {
            giveUp("refuses " + missing.iterator().next() + " [" + context + "]");
        }
        use(RuntimeSpec.driven(interrupt.clock(clock), this::onError));
    }

    /** A map whose one timer holds the last reference on a program. */
    private BpfHashMap<Integer, String> armed(String program) {
        BpfProg own = load(program);
        BpfHashMap<Integer, String> map = rt.hashMap("map", 1);
        assertEquals(Status.OK, map.update(0, "v"));
        var timer = found(map, 0).timer();
        assertEquals(Status.OK, timer.init(map, boottime()));
        assertEquals(Status.OK, timer.setCallback(own, (in, key, value) -> errors.add("fired")));
        assertEquals(Status.OK, timer.start(SECOND, 0));
        assertEquals(Status.OK, own.release());
        driver.drain();
        assertEquals(0, unloads(program), "unloaded while in use");
        return map;
    }

    private void isFreed() {
        assertEquals(1, unloads("own"));
        if (has(Feature.AUDIT)) {
            assertEquals(0, rt.audit().armedTimers());
        }
        advance(2 * SECOND);
        assertEquals(List.of(), errors);
    }

    /** Drops there, checks that the hook does not run there, and lets the agents work. */
    private void in(Context context, Runnable drop) {
        boolean[] dropped = {false};
        Runnable once = () -> {
            if (!dropped[0]) {
                dropped[0] = true;
                drop.run();
                assertEquals(0, unloads("own"), "the hook ran inside of the call");
            }
        };
        BpfMap<Integer, String> trigger = array("trigger", 1, i -> "v");
        var timer = timer(trigger, 0, (map, key, value) -> {
            if (context == Context.TIMER_CALLBACK) {
                once.run();
            } else if (context == Context.NMI_IN_A_CALLBACK) {
                nmi(once);
            }
        });
        switch (context) {
            case TASK -> once.run();
            case ANOTHER_THREAD -> Crew.run(once::run);
            case TIMER_CALLBACK, NMI_IN_A_CALLBACK -> assertEquals(Status.OK, timer.start(0, 0));
            case WORK_CALLBACK -> {
                var wq = found(trigger, 0).wq();
                assertEquals(Status.OK, wq.init(trigger));
                assertEquals(Status.OK, wq.setCallback(prog, (map, key, value) -> once.run()));
                assertEquals(Status.OK, wq.start());
            }
            case READ_SECTION -> assertEquals(1, trigger.forEach(trigger.handle(), element -> once.run()));
            case NMI -> nmi(once);
            case NMI_OVER_A_START -> {
                interrupt.arm(rt, once);
                assertEquals(Status.OK, timer.start(0, 0));
            }
            case NMI_OVER_A_BASES_PASS -> {
                assertEquals(Status.OK, timer.start(MS, 0));
                clock.advance(MS);
                interrupt.arm(rt, once);
            }
            default -> throw new AssertionError(context);
        }
        driver.drain();
        interrupt.disarm();
        assertEquals(true, dropped[0], "never got there");
    }

    private void nmi(Runnable code) {
        rt.nmiEnter();
        try {
            code.run();
        } finally {
            rt.nmiExit();
        }
    }
}
