// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.ExpiryCallback;
import io.latchwork.async.Status;
import io.latchwork.async.TimerCallback;
import io.latchwork.async.WorkCallback;
import io.latchwork.async.contract.Feature;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The original: a callback that may return anything but 0 is refused when loaded. Here a callback's type returns
 * nothing; the one other way to end, to throw, reaches the error handler and changes nothing for the timer, its program
 * and the others.
 */
class T37CallbackReturnsNothingTest extends PortCase {
    @Test
    void noCallbackReturnsAnything() {
        for (Class<?> type : List.of(TimerCallback.class, WorkCallback.class, ExpiryCallback.class)) {
            List<Method> methods = Stream.of(type.getMethods()).filter(m -> Modifier.isAbstract(m.getModifiers())).toList();
            assertEquals(1, methods.size(), type.getName());
            assertSame(void.class, methods.get(0).getReturnType(), type.getName());
            assertEquals(0, methods.get(0).getExceptionTypes().length, type.getName());
        }
    }

    @Test
    void whateverACallbackThrowsIsReportedAndTheTimerGoesOn() {
        useDriven();
        List<Throwable> thrown = List.of(new IllegalStateException("unchecked"), new IOException("checked"),
            new AssertionError("error"), new BareThrowable("throwable"));
        BpfMap<Integer, String> map = array("array", 2, i -> "v");
        List<Integer> sibling = new ArrayList<>();
        BpfTimer<Integer, String> other = timer(map, 1, (in, key, value) -> sibling.add(key));
        int[] run = {0};
        BpfTimer<Integer, String> timer = timer(map, 0, (in, key, value) -> sneak(thrown.get(run[0]++)));
        for (Throwable each : thrown) {
            assertEquals(Status.OK, timer.start(MS, 0));
            assertEquals(Status.OK, other.start(MS, 0));
            advance(MS);
            assertEquals(List.of("prog/array/" + each), List.copyOf(errors));
            errors.clear();
        }
        assertEquals(thrown.size(), run[0]);
        assertEquals(thrown.size(), sibling.size());
        assertEquals(Status.IDLE, timer.cancel());
        if (has(Feature.AUDIT)) {
            assertEquals(thrown.size(), rt.audit().callbackErrors());
        }
    }

    /** Neither an Exception nor an Error. */
    private static final class BareThrowable extends Throwable {
        private static final long serialVersionUID = 1;

        private BareThrowable(String message) {
            super(message);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
