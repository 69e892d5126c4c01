// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

/** Takes what the readers of the file formats find. */
interface FrameSink {
    /** The time of a frame whose block carries none. */
    long NO_TIME = Long.MIN_VALUE;

    /** An interface of the file; frames of it follow. */
    void captureInterface(CaptureInterface recordedOn);

    /** A frame with its time in nanoseconds since 1970, or {@link #NO_TIME}. */
    void frame(long unixNs, int linkType, byte[] bytes, int originalLength);
}
