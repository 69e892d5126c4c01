// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

/** The kinds of things that happen in a round: calls, and what the runtime calls. */
enum Call {
    FIRE, UNLOAD,
    INIT, SET_CALLBACK, START, CANCEL_ASYNC, CANCEL, FLUSH, VIEW_DELETE,
    NEW_TIMER, CLOSE_TIMER,
    UPDATE, DELETE, LOOKUP, FOR_EACH, ARMED,
    MAKE_MAP, CLOSE_MAP, OPEN, RELEASE, PIN, UNPIN, OPEN_PINNED, OUTER_UPDATE, OUTER_DELETE, OUTER_LOOKUP,
    LOAD, RELEASE_PROGRAM, BIND_THREAD, AUDIT, CLOSE_RUNTIME;

    private static final Call[] ALL = values();

    static Call of(int ordinal) {
        return ALL[ordinal];
    }
}
