// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.torture;

/** What the runtime promises, by the numbers of its design. */
enum Invariant {
    /** After a cancel that answered, nothing begins before the next start; nor does the cancelled callback start itself. */
    I1("nothing starts after a cancel has answered"),
    /** Each arming is answered for once: it fires, is taken back or is replaced; and never before its deadline. */
    I2("an arming fires once, and not before its deadline"),
    /** What was deleted, replaced or closed does not fire any more. */
    I3("nothing fires after a delete"),
    /** A program's hook runs once, after its last callback. */
    I4("a program is unloaded once, after its last callback"),
    /** After a close nothing is in use. */
    I5("the books are clean after a close"),
    /** No call, callback or close hangs. */
    I6("nothing hangs"),
    /** The last start before it is quiet fires. */
    I7("no start is lost"),
    /** Something else that a call promises, such as which callback runs. */
    CONTRACT("calls keep their contract");

    final String text;

    Invariant(String text) {
        this.text = text;
    }
}
