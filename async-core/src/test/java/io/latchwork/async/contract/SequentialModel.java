// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The API as plain sequential code: what every call must answer and what must fire. Time is in nanoseconds. */
final class SequentialModel {
    /** What a callback does besides recording itself. */
    enum Deed { NOTHING, THROW, DELETE, UPDATE, RESTART, IS_STOPPED }

    static final long RESTART_NS = 3_000_000L;

    /** A program. */
    static final class Program {
        boolean released;
        int timers;

        boolean isDead() {
            return released && timers == 0;
        }
    }

    /** A life of an element: what a handle points at. */
    static final class Element {
        final int key;
        String value;
        boolean alive = true;
        Timer timer;

        Element(int key, String value) {
            this.key = key;
            this.value = value;
        }
    }

    /** A control block in use. */
    static final class Timer {
        final String value;
        Program program;
        String callback;
        Deed deed;
        boolean armed;
        long deadline;

        Timer(String value) {
            this.value = value;
        }
    }

    /** An expiry that must have been seen. */
    record Firing(long deadline, String text) {
    }

    private final int maxEntries;
    private final int maxTimers;
    private final Map<Integer, Element> elements = new HashMap<>();
    private int timers;
    long now;
    int errors;

    SequentialModel(int maxEntries, int maxTimers, long now) {
        this.maxEntries = maxEntries;
        this.maxTimers = maxTimers;
        this.now = now;
    }

    int size() {
        return elements.size();
    }

    Element find(int key) {
        return elements.get(key);
    }

    Status update(int key, String value) {
        Element element = elements.get(key);
        if (element != null) {
            element.value = value;
            free(element);
            return Status.OK;
        }
        if (elements.size() == maxEntries) {
            return Status.E2BIG;
        }
        elements.put(key, new Element(key, value));
        return Status.OK;
    }

    Status delete(int key) {
        Element element = elements.remove(key);
        if (element == null) {
            return Status.ENOENT;
        }
        element.alive = false;
        free(element);
        return Status.OK;
    }

    private void free(Element element) {
        if (element.timer != null) {
            unbind(element.timer);
            element.timer = null;
            timers--;
        }
    }

    private static void unbind(Timer timer) {
        if (timer.program != null) {
            timer.program.timers--;
            timer.program = null;
        }
        timer.armed = false;
    }

    Status init(Element element) {
        if (!isAlive(element)) {
            return Status.ENOENT;
        }
        if (element.timer != null) {
            return Status.EBUSY;
        }
        if (timers == maxTimers) {
            return Status.ENOMEM;
        }
        element.timer = new Timer(element.value);
        timers++;
        return Status.OK;
    }

    Status setCallback(Element element, Program program, String callback, Deed deed) {
        Status refusal = refusal(element);
        if (refusal != null) {
            return refusal;
        }
        if (program.isDead()) {
            return Status.ENOENT;
        }
        Timer timer = element.timer;
        program.timers++;
        if (timer.program != null) {
            timer.program.timers--;
        }
        timer.program = program;
        timer.callback = callback;
        timer.deed = deed;
        return Status.OK;
    }

    Status start(Element element, long deadline) {
        Status refusal = refusal(element);
        if (refusal != null) {
            return refusal;
        }
        if (element.timer.program == null) {
            return Status.EINVAL;
        }
        boolean armed = element.timer.armed;
        element.timer.armed = true;
        element.timer.deadline = deadline;
        return armed ? Status.REARMED : Status.OK;
    }

    Status cancelAsync(Element element) {
        Status refusal = refusal(element);
        if (refusal != null) {
            return refusal;
        }
        boolean armed = element.timer.armed;
        element.timer.armed = false;
        return armed ? Status.CANCELLED : Status.IDLE;
    }

    Status cancel(Element element) {
        Status answer = cancelAsync(element);
        if (!answer.isRefusal()) {
            unbind(element.timer);
        }
        return answer;
    }

    private static Status refusal(Element element) {
        return !isAlive(element) ? Status.ENOENT : element.timer == null ? Status.EINVAL : null;
    }

    private static boolean isAlive(Element element) {
        return element != null && element.alive;
    }

    /** Runs what is due; earliest first, as a list in which equal deadlines are in the order of their texts. */
    List<Firing> runDue() {
        List<Firing> firings = new ArrayList<>();
        for (Element element : List.copyOf(elements.values())) {
            Timer timer = element.timer;
            if (timer != null && timer.armed && timer.deadline <= now) {
                firings.add(new Firing(timer.deadline, timer.callback + ":" + element.key + "=" + timer.value));
                timer.armed = false;
                carryOut(timer.deed, element);
            }
        }
        firings.sort((a, b) -> a.deadline != b.deadline ? Long.compare(a.deadline, b.deadline) : a.text.compareTo(b.text));
        return firings;
    }

    private void carryOut(Deed deed, Element element) {
        switch (deed) {
            case THROW -> errors++;
            case DELETE -> delete(element.key);
            case UPDATE -> update(element.key, "by callback");
            case RESTART -> start(element, now + RESTART_NS);
            default -> {
                // NOTHING, and IS_STOPPED: its start is refused
            }
        }
    }

    /** The earliest armed deadline. */
    long earliest() {
        return elements.values().stream().filter(element -> element.timer != null && element.timer.armed)
                .mapToLong(element -> element.timer.deadline).min().orElse(Long.MAX_VALUE);
    }
}
