// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lists of checkers. */
class CheckersTest {
    @ParameterizedTest
    @EnumSource
    void everyMainClassExistsAndEveryNameIsUnique(final Tier tier) throws Exception {
        final List<Checker> checkers = Checkers.of(tier, tier.defaultMinutes(), 1);
        for (final Checker checker : checkers) {
            Class.forName(checker.mainClass()).getMethod("main", String[].class);
        }
        assertEquals(checkers.size(), checkers.stream().map(Checker::name).collect(Collectors.toSet()).size());
    }

    @Test
    void minutesAreShared() {
        final Duration time = Checkers.of(Tier.TORTURE, 10, 1).stream()
            .map(checker -> checker.arguments().get(checker.arguments().indexOf("--seconds") + 1))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .reduce(Duration.ZERO, Duration::plus);
        assertEquals(Duration.ofMinutes(10), time);
    }

    @Test
    void mutantsAreNotJudgedByCheckersThatFail() throws Exception {
        assertTrue(Checkers.of(Tier.QUICK, 1, 1).stream().filter(Checker::onSoundGround).map(Checker::name)
            .collect(Collectors.toList()).equals(List.of("mutants")));
        assertFalse(StressRun.allPassed(List.of(CheckerReport.notRun(Checkers.of(Tier.QUICK, 1, 1).get(0), "so"))));
    }
}
