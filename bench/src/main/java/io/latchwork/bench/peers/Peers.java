// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.peers;

import io.latchwork.async.AsyncRuntime;
import io.latchwork.bench.locked.BaseLockKind;
import io.latchwork.bench.locked.LockedRuntime;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The peers, by name. */
public final class Peers {
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
     */
    public static Peer start(final String name) {
        return switch (name) {
            case "lockfree" -> new RuntimePeer(AsyncRuntime.builder().launch());
            case "locked-spin" -> new RuntimePeer(LockedRuntime.builder().baseLock(BaseLockKind.SPIN).launch());
            case "locked-reentrant" -> new RuntimePeer(LockedRuntime.builder().baseLock(BaseLockKind.REENTRANT).launch());
            case "jdk-remove" -> scheduledThreadPool(true);
            case "jdk-keep" -> scheduledThreadPool(false);
            case "jdk-forkjoin" -> forkJoinPool();
            case "netty-wheel-1ms" -> new NettyWheelPeer(DAEMONS, 1);
            case "netty-wheel-100ms" -> new NettyWheelPeer(DAEMONS, 100);
            case "netty-executor" -> nettyExecutor();
            case "kafka" -> new KafkaPeer();
            case "agrona-wheel" -> new AgronaWheelPeer();
            case "agrona-queue" -> new AgronaQueuePeer(DAEMONS);
            default -> throw new IllegalArgumentException("no peer " + name);
        };
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
            throw new UnsupportedOperationException("jdk-forkjoin: fork-join pools schedule from JDK 25 on");
        }
        return new ScheduledPeer((ScheduledExecutorService) any, pool::shutdownNow);
    }

    private static Peer nettyExecutor() {
        final DefaultEventExecutor executor = new DefaultEventExecutor(DAEMONS);
        return new ScheduledPeer(executor, () -> executor.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly());
    }
}
