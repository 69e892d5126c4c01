// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildTaskTest {
    private static final Tools TOOLS = new Tools(new Plan(true, 1), null);
    private static final Row ROW = new Row("lateness p99", "kafka", -1, 2, 12.5, "us", Double.NaN, 0, List.of());

    /** What a child runs. */
    static final class Child {
        private Child() {
        }

        public static void main(final String[] args) throws InterruptedException {
            System.out.println("warming up");
            System.out.println(RowLine.of(ROW));
            switch (args[0]) {
                case "fail" -> throw new IllegalStateException("out of sand");
                case "hang" -> Thread.currentThread().join();
                default -> System.err.println("done");
            }
        }
    }

    @Test
    void rowsAmongOtherLines() throws Exception {
        assertEquals(List.of(ROW), ChildTask.of("x", Child.class, "end").flags("-Xint").run(TOOLS));
    }

    @Test
    void aChildThatFailsIsQuoted() {
        final IOException e = assertThrows(IOException.class, () -> ChildTask.of("x", Child.class, "fail").run(TOOLS));
        assertTrue(e.getMessage().contains("exit code 1") && e.getMessage().contains("out of sand"), e.getMessage());
    }

    @Test
    void aChildThatDoesNotEndIsEnded() {
        final IOException e = assertThrows(IOException.class,
            () -> ChildTask.of("x", Child.class, "hang").limit(Duration.ofSeconds(1)).run(TOOLS));
        assertTrue(e.getMessage().contains("1 s"), e.getMessage());
    }

    @Test
    void whatNeedsANewerJdkIsUnavailable() {
        assertThrows(Unavailable.class, () -> ChildTask.of("x", Child.class, "end").jdk25().run(TOOLS));
    }

    @Test
    void noRowsAreAnError() {
        assertThrows(IOException.class, () -> ChildTask.rows(List.of("nothing", "@rows", " @row a|b|1|1|1|ns|1|1"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@row ", "@row a|b|1|1|1|ns|1", "@row a|b|1|1|1|ns|1|1|1", "@row a|b|x|1|1|ns|1|1",
        "@row a|b|1|1|one|ns|1|1", "@row a|b|1|1|1|ns||1", "@row a|b|1|1.5|1|ns|1|1"})
    void brokenRowsAreErrors(final String line) {
        final IOException e = assertThrows(IOException.class, () -> ChildTask.rows(List.of(RowLine.of(ROW), line), 0));
        assertTrue(e.getMessage().contains(line), e.getMessage());
    }
}
