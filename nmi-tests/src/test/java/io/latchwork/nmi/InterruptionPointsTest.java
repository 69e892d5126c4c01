// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call interrupted at every point by every other, twice, and in one another; and stopped there for good. What that
 * covers is in docs/verification.md; with {@code -Dlatchwork.update=true} it is written there anew. With
 * {@code -Dlatchwork.nmi.full=true} more is explored than the time of a build allows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InterruptionPointsTest {

    private final List<CallMatrix> matrices = Stream.of(PrimitiveMatrix.all(), MapMatrix.all(),
        List.<CallMatrix>of(new WorkMatrix(), new EngineMatrix())).flatMap(List::stream).toList();
    private final Map<String, Coverage> covered = new TreeMap<>();
    private final Set<String> interrupted = new TreeSet<>();
    private final Set<String> nested = new TreeSet<>();

    /** All, or those whose names match {@code latchwork.nmi.only}. */
    Stream<CallMatrix> matrices() {
        return matrices.stream().filter(matrix -> matrix.name().matches(System.getProperty("latchwork.nmi.only", ".*")));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    @Order(1)
    void everyCallInEveryCall(final CallMatrix matrix) {
        final List<Cell> cells = matrix.cells(Library.IS_FULL);
        final Coverage coverage = new Coverage(matrix, cells);
        assertEquals(List.of(), coverage.missing());
        final Map<String, String> problems = new ConcurrentSkipListMap<>();
        cells.parallelStream().forEach(cell -> {
            final Report report = cell.explore();
            coverage.add(cell, report);
            final String problem = Engine.problem(report);
            if (problem != null) {
                problems.put(cell.toString(), problem);
            }
        });
        interrupted.addAll(coverage.interruptedMethods());
        nested.addAll(coverage.nestedMethods());
        covered.put(matrix.name(), coverage);
        System.out.println("InterruptionPointsTest, " + matrix + ": " + coverage);
        assertTrue(problems.isEmpty(), () -> problems.size() + " of " + cells.size() + " explorations failed:\n"
            + problems.entrySet().stream().limit(20).map(Object::toString).collect(Collectors.joining("\n")));
    }

    /** A new method of the API without a call in a matrix fails here. */
    @Test
    @Order(2)
    void everyMethodOfTheApiIsInAMatrix() {
        assumeTrue(covered.size() == matrices.size(), "not all matrices were explored");
        final Set<String> complaints = new TreeSet<>();
        final Set<String> met = new TreeSet<>();
        for (final Class<?> type : PublicApi.types()) {
            if (ApiExemptions.TYPES.containsKey(type.getSimpleName())) {
                met.add(type.getSimpleName());
                continue;
            }
            for (final PublicApi.Member member : PublicApi.members(type)) {
                final String name = member.name();
                met.add(name);
                if (!ApiExemptions.METHODS.containsKey(name) && !member.isAmong(interrupted)) {
                    complaints.add(name + " is never interrupted");
                }
                if (!ApiExemptions.METHODS.containsKey(name) && !ApiExemptions.NOT_NESTED.containsKey(name)
                    && !member.isAmong(nested)) {
                    complaints.add(name + " never interrupts");
                }
            }
        }
        Stream.of(ApiExemptions.TYPES, ApiExemptions.METHODS, ApiExemptions.NOT_NESTED).flatMap(map -> map.keySet().stream())
            .filter(name -> !met.contains(name)).forEach(name -> complaints.add(name + " is exempt, and not there"));
        assertEquals(Set.of(), complaints);
    }

    /** An exemption that nobody needs any more is none. */
    @Test
    @Order(3)
    void everyAllocationThatIsExemptIsMet() {
        assumeTrue(covered.size() == matrices.size(), "not all matrices were explored");
        assertEquals(Set.of(), Allocations.unused());
    }

    @Test
    @Order(4)
    void theDocumentAgrees() throws IOException {
        assumeTrue(covered.size() == matrices.size(), "not all matrices were explored");
        assumeFalse(Library.IS_FULL, "the document is about the build");
        assumeTrue(CoverageTable.exists(), "no document here");
        final List<Coverage> all = new ArrayList<>();
        matrices.forEach(matrix -> all.add(covered.get(matrix.name())));
        if (Boolean.getBoolean("latchwork.update")) {
            CoverageTable.write(all);
        }
        CoverageTable.check(all);
    }
}
