// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows of docs/design.md point down only, and what must not be in a core is not in it. */
class LayeringTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("io.latchwork");

    private static ArchRule only(String layer, String... allowed) {
        return classes().that().resideInAPackage("io.latchwork." + layer)
            .should().onlyDependOnClassesThat().resideInAnyPackage(allowed);
    }

    @Test
    void theLeavesKnowNobody() {
        only("seqlatch..", "io.latchwork.seqlatch..", "java..").check(CLASSES);
        only("rcu..", "io.latchwork.rcu..", "java..").check(CLASSES);
        only("irqwork..", "io.latchwork.irqwork..", "org.agrona..", "java..").check(CLASSES);
    }

    @Test
    void insideTheEngineDataFlowsOneWay() {
        only("async.internal", "io.latchwork.async.internal", "io.latchwork.rcu", "java..").check(CLASSES);
        only("async.internal.prog", "io.latchwork.async", "io.latchwork.async.internal", "io.latchwork.async.internal.prog",
            "io.latchwork.rcu", "java..").check(CLASSES);
        noClasses().that().resideInAPackage("io.latchwork.async.internal.timer")
            .should().dependOnClassesThat().resideInAnyPackage("..internal.map", "..internal.runtime").check(CLASSES);
        noClasses().that().resideInAPackage("io.latchwork.async.internal.map")
            .should().dependOnClassesThat().resideInAPackage("..internal.runtime").check(CLASSES);
        slices().matching("io.latchwork.async.internal.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void thePublicPackageHasOneDoorInward() {
        noClasses().that().resideInAPackage("io.latchwork.async")
            .and().doNotHaveSimpleName("AsyncRuntimeBuilder")
            .should().dependOnClassesThat().resideInAPackage("io.latchwork.async.internal..").check(CLASSES);
    }

    @Test
    void nothingWaitsForALockOrReachesIntoTheJdk() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("sun.misc..", "jdk.internal..",
            "java.util.logging..").check(CLASSES);
        // the one way to java.lang.foreign for classes that run on 17 as well; only public members of the JDK
        noClasses().that().haveNameNotMatching("io\\.latchwork\\.rcu\\.(Membarrier(\\$Link)?|AsymmetricGate)")
            .should().dependOnClassesThat().resideInAnyPackage("java.lang.reflect..").check(CLASSES);
        noClasses().should().dependOnClassesThat().haveNameMatching(
            "java\\.util\\.concurrent\\.locks\\.(ReentrantLock|ReentrantReadWriteLock|StampedLock|Lock)").check(CLASSES);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
    }

    @Test
    void nothingIsNamedVolatileAndNothingStaticChanges() {
        fields().should().notHaveModifier(JavaModifier.VOLATILE).check(CLASSES);
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    @Test
    void agronasQueuesAndBuffersAreNotUsed() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("org.agrona.concurrent.ringbuffer..",
            "org.agrona.concurrent.broadcast..").check(CLASSES);
        noClasses().should().dependOnClassesThat().haveNameMatching("org\\.agrona\\.concurrent\\..*Queue|.*UnsafeBuffer")
            .check(CLASSES);
    }

    /** The rules can fail. */
    @Test
    void aRuleThatIsBrokenIsReported() {
        ArchRule wrong = only("async.internal.map", "io.latchwork.async.internal.map", "java..");
        assertThrows(AssertionError.class, () -> wrong.check(CLASSES));
    }
}
