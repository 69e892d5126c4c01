// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

/**
 * One cell to measure, in JVMs of its own.
 *
 * @param benchmark class and method of the JMH benchmark
 * @param what the operation, as tables call it
 * @param peer the peer, and the name of the parameter that chooses it; null if there is no choice
 * @param pending the parameter of that name; -1 if there is none
 * @param threads how many threads call
 */
record Cell(String benchmark, String what, PeerParam peer, int pending, int threads) {

    /**
     * How a benchmark is told which peer to measure.
     *
     * @param parameter the name of its parameter
     * @param value the peer
     */
    record PeerParam(String parameter, String value) {
    }

    String peerName() {
        return peer == null ? "machine" : peer.value();
    }

    String label() {
        return what + " " + peerName() + (pending < 0 ? "" : " " + pending) + (threads == 1 ? "" : " x" + threads);
    }
}
