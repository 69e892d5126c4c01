// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/**
 * What a call came to: an <em>outcome</em> when it did its work, a <em>refusal</em> when it changed nothing.
 *
 * <p>No call of the hot path throws, because a throw allocates. A success is never reported as a refusal, and "gone"
 * ({@link #ENOENT}), "busy" ({@link #EBUSY}) and "out of quota" ({@link #ENOMEM}) are never the same constant. The
 * names of refusals, and the numbers in {@link #errno()}, are those of Linux.
 */
public enum Status {
    /** Outcome: done. */
    OK(0),
    /** Outcome: an armed expiry was taken back; it does not start any more. */
    CANCELLED(0),
    /** Outcome: nothing was armed and nothing is running. */
    IDLE(0),
    /** Outcome of a start: armed, and it was armed before; the old expiry is forgotten. */
    REARMED(0),
    /** Outcome of a start: it was pending already; the run to come serves this start too. */
    PENDING(0),
    /** Outcome: nothing was armed, but the callback is running at this moment, or about to; nobody waited. */
    RUNNING(0),

    /** Refusal: the map has no user reference any more. */
    EPERM(1),
    /** Refusal: the thing named is gone: deleted, being destroyed, unloaded, or a key that is not in the map. */
    ENOENT(2),
    /** Refusal: the map is full. */
    E2BIG(7),
    /** Refusal: the quota of the map, or the cap of the runtime, is used up. */
    ENOMEM(12),
    /** Refusal: initialised already, or every slot of a cell is held by a stalled writer. */
    EBUSY(16),
    /** Refusal: there is one of that name already. */
    EEXIST(17),
    /** Refusal: a bad argument, or a call out of order, such as a start without a callback. */
    EINVAL(22),
    /** Refusal: waiting would wait for the caller itself. */
    EDEADLK(35),
    /** Refusal: the call may have to wait, and the caller's context must not. */
    EOPNOTSUPP(95),
    /** Refusal: a callback that was cancelled while it ran must not start itself again; see {@link BpfTimer#cancelAsync}. */
    ECANCELED(125);

    private final int errno;

    Status(int errno) {
        this.errno = errno;
    }

    /**
     * The kernel's number for this refusal.
     *
     * @return the positive Linux error number; 0 for every outcome
     */
    public int errno() {
        return errno;
    }

    /**
     * Tells refusals from outcomes.
     *
     * @return true if the call was refused and changed nothing
     */
    public boolean isRefusal() {
        return errno != 0;
    }

    /**
     * Turns a refusal into an exception, for callers that want one.
     *
     * @return this, when it is an outcome
     * @throws StatusException when it is a refusal
     */
    public Status orThrow() {
        if (isRefusal()) {
            throw new StatusException(this);
        }
        return this;
    }
}
