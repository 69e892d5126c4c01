// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async;

/** A refusal turned into an exception by {@link Status#orThrow()}; the library itself never throws it on a hot path. */
public final class StatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The refusal. */
    private final Status status;

    StatusException(Status status) {
        super(status + " (errno " + status.errno() + ")");
        this.status = status;
    }

    /**
     * The refusal that was met.
     *
     * @return never an outcome
     */
    public Status status() {
        return status;
    }
}
