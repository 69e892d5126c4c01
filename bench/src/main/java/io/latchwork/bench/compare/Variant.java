// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.async.AsyncClock;
import io.latchwork.async.AsyncRuntime;
import io.latchwork.bench.capture.FlowKey;
import io.latchwork.bench.locked.BaseLockKind;
import io.latchwork.bench.locked.LockedRuntime;
import java.util.function.Function;

/** The timers that a flow table can be made on. */
enum Variant {
    /** The library. */
    LOCKFREE("lockfree", null, clock -> AsyncRuntime.builder().clock(clock).build(),
        () -> AsyncRuntime.builder().launch()),
    /** The locked variant with a spin lock around its base. */
    LOCKED_SPIN("locked-spin", "spin",
        clock -> LockedRuntime.builder().baseLock(BaseLockKind.SPIN).clock(clock).build(),
        () -> LockedRuntime.builder().baseLock(BaseLockKind.SPIN).launch()),
    /** The locked variant with a {@code ReentrantLock} around its base. */
    LOCKED_REENTRANT("locked-reentrant", "reentrant",
        clock -> LockedRuntime.builder().baseLock(BaseLockKind.REENTRANT).clock(clock).build(),
        () -> LockedRuntime.builder().baseLock(BaseLockKind.REENTRANT).launch()),
    /** {@code ScheduledThreadPoolExecutor}. */
    JDK("jdk", JdkFlowTable::new),
    /** {@code HashedWheelTimer}. */
    NETTY("netty", NettyFlowTable::new);

    /** Makes a table whose timers run by themselves. */
    @FunctionalInterface
    interface TableMaker {
        FlowTable make(FlowKey[] keys, Timeouts timeouts, FlowTable.ExpirySink sink);
    }

    /** Makes a runtime with its threads running. */
    @FunctionalInterface
    interface Launcher {
        AsyncRuntime launch();
    }

    private final String label;
    private final String baseLock;
    private final Function<AsyncClock, AsyncRuntime> onClock;
    private final TableMaker maker;

    Variant(String label, String baseLock, Function<AsyncClock, AsyncRuntime> onClock, Launcher launcher) {
        this.label = label;
        this.baseLock = baseLock;
        this.onClock = onClock;
        this.maker = (keys, timeouts, sink) -> new RuntimeFlowTable(launcher.launch(), keys, timeouts, sink);
    }

    Variant(String label, TableMaker maker) {
        this.label = label;
        this.baseLock = null;
        this.onClock = null;
        this.maker = maker;
    }

    /** The name on the command line and in reports. */
    String label() {
        return label;
    }

    /** The lock of the base, null if this is not the locked variant. */
    String baseLock() {
        return baseLock;
    }

    boolean isLocked() {
        return baseLock != null;
    }

    /** Makes runtimes on a clock that is moved by hand, without threads; null if this variant takes no clock. */
    Function<AsyncClock, AsyncRuntime> onClock() {
        return onClock;
    }

    /** A table whose timers run by themselves. */
    FlowTable table(FlowKey[] keys, Timeouts timeouts, FlowTable.ExpirySink sink) {
        return maker.make(keys, timeouts, sink);
    }
}
