// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

import io.latchwork.async.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * What a place may be like at some moment: one of several possibilities.
 *
 * @param current the block that is attached; null if there is none
 * @param dying blocks that were taken out by a call that has not returned, so they may still be used by others in mid-call, and
 *     fire
 * @param done which of the pending calls have taken effect, a bit each
 */
record Life(Block current, List<Dying> dying, long done) {
    /**
     * A control block.
     *
     * @param armed the start that armed it; null if it is not armed. Of a work, the start that made it pending
     * @param stopped whether its own callback must not start it
     * @param running the callback that is running, or that was taken and is about to begin; null if there is none
     * @param from the start that it came from; null if none is running
     * @param dropped whether a cancel that drops the callback came since it began; then it does not hear of others
     */
    record Block(Event armed, boolean stopped, Event running, Event from, boolean dropped) {
        static final Block FRESH = new Block(null, false, null, null, false);

        private Block with(Event nowArmed, boolean nowStopped) {
            return new Block(nowArmed, nowStopped, running, from, dropped);
        }

        /** Cancelled by somebody who does not wait: the running callback hears of it. */
        private Block told(boolean own) {
            return with(null, !own && running != null && (armed != null || !dropped) || stopped && armed == null);
        }

        private Block droppedCallback() {
            return new Block(null, false, running, from, running != null);
        }

        private boolean isRunningAfter(long moment) {
            return running != null && running.end > moment;
        }
    }

    /**
     * A block on its way out.
     *
     * @param block the block
     * @param by who has to destroy it before it returns
     */
    record Dying(Block block, Event by) {
    }

    static final Life NONE = new Life(null, List.of(), 0);

    boolean isDone(int slot) {
        return (done & 1L << slot) != 0;
    }

    /** Adds what this may become when a pending call, whose answer is known, takes effect now. */
    void apply(Event op, int slot, ClockHistory clock, List<Life> to) {
        long after = done | 1L << slot;
        switch (op.call) {
            case INIT, NEW_TIMER -> {
                if (current == null) {
                    to.add(new Life(Block.FRESH, dying, after));
                }
            }
            case UPDATE, DELETE, VIEW_DELETE, CLOSE_TIMER -> {
                if (current == null) {
                    to.add(new Life(null, dying, after));
                } else {
                    List<Dying> more = new ArrayList<>(dying);
                    more.add(new Dying(current, op));
                    to.add(new Life(null, List.copyOf(more), after));
                }
            }
            case FLUSH -> {
                if (current == null || flushed(op)) {
                    to.add(new Life(current, dying, after));
                }
            }
            default -> applyToEach(op, after, clock, to);
        }
    }

    private boolean flushed(Event op) {
        boolean waitedInVain = current.armed != null && current.armed.after < op.before;
        boolean leftRunning = current.isRunningAfter(op.after)
            && (current.running.after < op.before || current.from.after < op.before);
        return !waitedInVain && !leftRunning;
    }

    /** The call may have found the block that is attached, or one that is being taken out. */
    private void applyToEach(Event op, long after, ClockHistory clock, List<Life> to) {
        Block changed = current == null ? null : applyTo(current, op, clock);
        if (changed != null) {
            to.add(new Life(changed, dying, isOnlyARound(op, current) ? done : after));
        }
        for (int i = 0; i < dying.size(); i++) {
            changed = applyTo(dying.get(i).block, op, clock);
            if (changed != null) {
                List<Dying> others = new ArrayList<>(dying);
                others.set(i, new Dying(changed, dying.get(i).by));
                to.add(new Life(current, List.copyOf(others), isOnlyARound(op, dying.get(i).block) ? done : after));
            }
        }
    }

    /** Whether a cancel that waits found nothing armed, though it answers that it did: it has to go round once more. */
    private static boolean isOnlyARound(Event op, Block block) {
        return op.call == Call.CANCEL && op.answer == Status.CANCELLED && block.armed == null;
    }

    /** What a block becomes; null if it is not in a state in which the call answers so. */
    static Block applyTo(Block block, Event op, ClockHistory clock) {
        boolean armed = block.armed != null;
        boolean own = op.inside != null && op.inside == block.running;
        return switch (op.call) {
            case FIRE -> armed && clock.isDue(block.armed, op) && !block.isRunningAfter(op.after)
                ? new Block(null, false, op, block.armed, false) : null;
            case START -> own && block.stopped || armed == (op.answer == Status.OK) ? null
                : block.with(op.answer == Status.PENDING ? block.armed : op, false);
            case CANCEL_ASYNC -> armed != (op.answer == Status.CANCELLED)
                || op.answer == Status.IDLE && block.isRunningAfter(op.after) ? null : block.told(own);
            case CANCEL -> op.answer == Status.ENOENT ? armed ? null : block.droppedCallback()
                : armed && op.answer == Status.IDLE || block.isRunningAfter(op.after) ? null : block.droppedCallback();
            default -> throw new AssertionError(op);
        };
    }

    /**
     * Adds what this may be once a call that took effect has returned: what it had to destroy is dead, unless another call,
     * still in the middle, got hold of it.
     */
    void returned(Event op, int slot, Event[] pending, List<Life> to) {
        Life without = new Life(settled(current, op.after), settled(dying, op.after), done & ~(1L << slot));
        if (op.isDestroyer()) {
            without.handOver(op, pending, to);
        } else {
            to.add(without);
        }
    }

    private void handOver(Event op, Event[] pending, List<Life> to) {
        for (int i = 0; i < dying.size(); i++) {
            if (dying.get(i).by == op) {
                List<Dying> others = new ArrayList<>(dying);
                Block block = others.remove(i).block;
                new Life(current, List.copyOf(others), done).handOver(op, pending, to);
                for (Event other : pending) {
                    if (other != null && other != op && other.isDestroyer()) {
                        List<Dying> passed = new ArrayList<>(others);
                        passed.add(i, new Dying(block, other));
                        new Life(current, List.copyOf(passed), done).handOver(op, pending, to);
                    }
                }
                return;
            }
        }
        to.add(this);
    }

    /** The same block, without a callback that has returned by now: it makes no difference to any later answer. */
    private static Block settled(Block block, long now) {
        return block == null || block.running == null || block.isRunningAfter(now) ? block
            : new Block(block.armed, false, null, null, false);
    }

    private static List<Dying> settled(List<Dying> blocks, long now) {
        if (blocks.isEmpty()) {
            return blocks;
        }
        List<Dying> settled = new ArrayList<>();
        for (Dying each : blocks) {
            settled.add(new Dying(settled(each.block, now), each.by));
        }
        return List.copyOf(settled);
    }
}
