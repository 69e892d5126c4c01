// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

/**
 * A capture file could not be loaded. The message is one line that names the file and says what is
 * wrong with it.
 */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param name the name of the capture
     * @param problem what is wrong with it
     */
    public CaptureException(String name, String problem) {
        super(name + ": " + problem);
    }

    /**
     * Creates the exception.
     *
     * @param name the name of the capture
     * @param problem what is wrong with it
     * @param cause what made the problem known
     */
    public CaptureException(String name, String problem, Throwable cause) {
        super(name + ": " + problem, cause);
    }
}
