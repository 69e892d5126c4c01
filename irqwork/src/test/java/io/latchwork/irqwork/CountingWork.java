// SPDX-License-Identifier: Apache-2.0
package io.latchwork.irqwork;

import java.util.List;

/** Notes its name in a list each time it is run, then does what it was given. */
final class CountingWork extends IrqWork {

    private final String name;
    private final List<String> ran;
    private final Runnable body;

    CountingWork(final String name, final List<String> ran) {
        this(name, ran, () -> { });
    }

    CountingWork(final String name, final List<String> ran, final Runnable body) {
        this.name = name;
        this.ran = ran;
        this.body = body;
    }

    @Override
    protected void run() {
        ran.add(name);
        body.run();
    }
}
