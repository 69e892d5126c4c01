// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.alternatives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class QueueMainTest {
    @ParameterizedTest
    @ValueSource(strings = {"heap", "queue"})
    void everyCandidateKeepsOrder(final String name) {
        final int timers = 500;
        final SplittableRandom random = new SplittableRandom(1);
        final Candidate candidate = Candidate.of(name, timers);
        final TreeMap<Long, Integer> model = new TreeMap<>();
        for (int i = 0; i < timers; i++) {
            candidate.insert(i, 1_000_000_000L);
            long key = random.nextLong(100_000_000_000L);
            while (model.putIfAbsent(key, i) != null) {
                key = random.nextLong(100_000_000_000L);
            }
            candidate.move(i, key);
        }
        while (!model.isEmpty()) {
            final long now = model.firstKey();
            assertTrue(candidate.firstKey(now - 1) >= now);
            assertEquals(now, candidate.firstKey(now));
            candidate.takeFirst();
            model.remove(now);
            assertEquals(model.size(), candidate.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "queue"})
    void measuresFourThings(final String name) {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertEquals(0, new CommandLine(new QueueMain(new PrintStream(printed)))
            .execute("--candidate", name, "--timers", "1000", "--rounds", "3"));
        assertEquals(4, printed.toString().lines().filter(line -> line.startsWith("@row ")).count());
    }
}
