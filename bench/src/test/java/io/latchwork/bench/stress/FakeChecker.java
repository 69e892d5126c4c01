// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import java.util.concurrent.CountDownLatch;

/** A main class that behaves as its argument says. */
final class FakeChecker {
    private FakeChecker() {
    }

    public static void main(final String[] args) throws InterruptedException {
        System.out.println("some text");
        CheckerLines.progress(System.out, 1, 2, "half");
        switch (args[0]) {
            case "passes" -> CheckerLines.result(System.out, "thing", true, 0.5, "went well");
            case "fails" -> {
                CheckerLines.result(System.out, "thing", false, 0.5, "");
                CheckerLines.failure(System.out, "first line\nsecond line");
                System.exit(1);
            }
            case "contradicts" -> CheckerLines.result(System.out, "thing", false, 0.5, "");
            case "silent" -> System.out.println("nothing was checked");
            case "dies" -> System.exit(7);
            case "hangs" -> {
                CheckerLines.result(System.out, "thing", true, 0.5, "");
                new CountDownLatch(1).await();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }
}
