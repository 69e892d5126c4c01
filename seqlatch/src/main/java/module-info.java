// SPDX-License-Identifier: Apache-2.0

/** Latches: values that can be read without waiting while they are being written. Needs nothing but the JDK. */
module io.latchwork.seqlatch {
    exports io.latchwork.seqlatch;
}
