// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.runtime;

import io.latchwork.async.CallbackErrorHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The user's handler, as the engine calls it: every report is counted, and what the handler throws is dropped. */
final class ErrorReports implements CallbackErrorHandler {
    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(ErrorReports.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CallbackErrorHandler handler;
    private long count;

    ErrorReports(CallbackErrorHandler handler) {
        this.handler = handler;
    }

    @Override
    public void onError(String program, String map, Throwable error) {
        COUNT.getAndAdd(this, 1L); // relaxed: a statistic
        try {
            handler.onError(program, map, error);
        } catch (Throwable dropped) {
            // as CallbackErrorHandler says
        }
    }

    /** How many there were. */
    long count() {
        return (long) COUNT.getOpaque(this); // relaxed: a statistic
    }
}
