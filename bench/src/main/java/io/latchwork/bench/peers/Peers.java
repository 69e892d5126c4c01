// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.async.IdleMode;
import io.latchwork.bench.locked.BaseLockKind;
import io.latchwork.bench.locked.LockedRuntime;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The peers, by name. */
public final class Peers {
    /** The library itself. */
    public static final String LOCKFREE = "lockfree";
    /** What it is measured against first: the same with locks, which spin. */
    public static final String LOCKED_SPIN = "locked-spin";
    /** The same, with locks of the JDK that park. */
    public static final String LOCKED_REENTRANT = "locked-reentrant";
    /** Scheduling on a fork-join pool, which starts with JDK 25. */
    public static final String FORK_JOIN = "jdk-forkjoin";
    /** The one that may be used from one thread only, which polls it. */
    public static final String ONE_THREAD = "agrona-wheel";
    /** Netty's wheel with a tick of a millisecond. */
    public static final String NETTY_WHEEL = "netty-wheel-1ms";

    /** The library and its locked variants. */
    public static final List<String> LIBRARY = List.of(LOCKFREE, LOCKED_SPIN, LOCKED_REENTRANT);

    /** All of them. */
    public static final List<String> ALL = List.of(LOCKFREE, LOCKED_SPIN, LOCKED_REENTRANT, "jdk-remove", "jdk-keep", FORK_JOIN,
        NETTY_WHEEL, "netty-wheel-100ms", "netty-executor", "kafka", ONE_THREAD, "agrona-queue");

    private static final ThreadFactory DAEMONS = task -> {
        final Thread thread = new Thread(task, "peer");
        thread.setDaemon(true);
        return thread;
    };

    private Peers() {
    }

    /**
     * Starts a peer.
     *
     * @param name its name
     * @return the peer
     * @throws UnsupportedOperationException if this JDK does not have it
     */
    public static Peer start(final String name) {
        return switch (name) {
            case LOCKFREE -> new RuntimePeer(AsyncRuntime.builder().launch());
            case LOCKFREE + "-spin" -> lockfree(IdleMode.BUSY_SPIN);
            case LOCKFREE + "-hybrid" -> lockfree(IdleMode.HYBRID);
            case LOCKFREE + "-park" -> lockfree(IdleMode.PARK);
            case LOCKFREE + "-2-bases" -> new RuntimePeer(AsyncRuntime.builder().bases(2).launch());
            case LOCKFREE + "-4-bases" -> new RuntimePeer(AsyncRuntime.builder().bases(4).launch());
            case LOCKED_SPIN -> new RuntimePeer(LockedRuntime.builder().baseLock(BaseLockKind.SPIN).launch());
            case LOCKED_REENTRANT -> new RuntimePeer(LockedRuntime.builder().baseLock(BaseLockKind.REENTRANT).launch());
            case "jdk-remove" -> scheduledThreadPool(true);
            case "jdk-keep" -> scheduledThreadPool(false);
            case FORK_JOIN -> forkJoinPool();
            case NETTY_WHEEL -> new NettyWheelPeer(DAEMONS, 1);
            case "netty-wheel-100ms" -> new NettyWheelPeer(DAEMONS, 100);
            case "netty-executor" -> nettyExecutor();
            case "kafka" -> new KafkaPeer();
            case ONE_THREAD -> new AgronaWheelPeer(AgronaWheelPeer.TICK_NS);
            case ONE_THREAD + "-64us" -> new AgronaWheelPeer(AgronaWheelPeer.FINE_TICK_NS);
            case "agrona-queue" -> new AgronaQueuePeer(DAEMONS);
            default -> throw new IllegalArgumentException("no peer " + name);
        };
    }

    private static Peer lockfree(final IdleMode mode) {
        return new RuntimePeer(AsyncRuntime.builder().idleMode(mode).launch());
    }

    private static Peer scheduledThreadPool(final boolean remove) {
        final ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, DAEMONS);
        pool.setRemoveOnCancelPolicy(remove);
        return new ScheduledPeer(pool, pool::shutdownNow);
    }

    private static Peer forkJoinPool() {
        final ForkJoinPool pool = new ForkJoinPool();
        final Object any = pool;
        if (!(any instanceof ScheduledExecutorService)) {
            throw new UnsupportedOperationException(FORK_JOIN + ": fork-join pools schedule from JDK 25 on");
        }
        return new ScheduledPeer((ScheduledExecutorService) any, pool::shutdownNow);
    }

    private static Peer nettyExecutor() {
        final DefaultEventExecutor executor = new DefaultEventExecutor(DAEMONS);
        return new ScheduledPeer(executor, () -> executor.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly());
    }
}
