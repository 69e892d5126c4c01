// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.NestedClassSelector;
import org.junit.platform.engine.discovery.NestedMethodSelector;

/** Names of tests on a command line. */
class TestNameTest extends TestNameSuite {
    private static final String SELF = TestNameTest.class.getName();

    @Test
    void classesAndMethods() {
        assertEquals(TestNameTest.class, ((ClassSelector) TestName.select(SELF)).getJavaClass());
        final MethodSelector method = (MethodSelector) TestName.select(SELF + "#classesAndMethods");
        assertEquals("classesAndMethods", method.getMethodName());
        final NestedClassSelector part = (NestedClassSelector) TestName.select(SELF + "/Part");
        assertEquals(List.of(TestNameTest.class), part.getEnclosingClasses());
        assertEquals(Part.class, part.getNestedClass());
        assertEquals("isRun", ((NestedMethodSelector) TestName.select(SELF + "/Part#isRun")).getMethodName());
    }

    @Test
    void whatIsNotThereIsNamed() {
        for (final String name : List.of("a.b.C", SELF + "#nothing", SELF + "/Nothing", SELF + "/Part#nothing")) {
            final String message = assertThrows(IllegalArgumentException.class, () -> TestName.select(name), name).getMessage();
            assertEquals("no ", message.substring(0, 3), message);
        }
    }
}

/** What is nested in a superclass is found as well. */
abstract class TestNameSuite {
    /** A part of the suite. */
    @Nested
    class Part {
        @Test
        void isRun() {
            assertEquals("Part", getClass().getSimpleName());
        }
    }
}
