// SPDX-License-Identifier: Apache-2.0
package io.latchwork.nmi.scenario;

import io.latchwork.nmi.PrimitivePairs;
import io.latchwork.nmi.Scenario;
import java.util.List;

/** The primitives: any call in any other one. */
public final class PrimitiveScenarios {
    private static final List<String> WRONG = List.of("threw", "STUCK", "VIOLATION");

    private PrimitiveScenarios() {
    }

    /** Any two or more calls. */
    public static final class Matrix extends PrimitiveWorlds implements Scenario<PrimitiveWorlds.World>, PrimitivePairs {
        private final Subject subject;
        private final String interrupted;
        private final List<String> others;
        private final boolean isStopped;

        /** Made by the loader, to make others. */
        public Matrix() {
            this(Subject.QUOTA, "used", List.of("used"), false);
        }

        private Matrix(final Subject subject, final String interrupted, final List<String> others, final boolean isStopped) {
            this.subject = subject;
            this.interrupted = interrupted;
            this.others = List.copyOf(others);
            this.isStopped = isStopped;
        }

        @Override
        public List<String> calls(final Subject ofSubject) {
            return List.copyOf(world(ofSubject).calls.keySet());
        }

        @Override
        public String whyNotIn(final Subject ofSubject, final String nestedCall, final String interruptedCall) {
            return world(ofSubject).whyNotIn(nestedCall, interruptedCall);
        }

        @Override
        public Scenario<?> pair(final Subject ofSubject, final String interruptedCall, final List<String> otherCalls,
                                final boolean stopped) {
            return new Matrix(ofSubject, interruptedCall, otherCalls, stopped);
        }

        @Override
        public World fresh() {
            return world(subject);
        }

        @Override
        public Object interrupted(final World world) throws Exception {
            return world.calls.get(interrupted).call(0);
        }

        @Override
        public Object nested(final World world, final int index) throws Exception {
            return world.calls.get(others.get(index)).call(1 + index);
        }

        @Override
        public Object observe(final World world) throws Exception {
            return isStopped ? "others have ended" : world.end();
        }

        /** What others come to beside a call that is stopped for good is judged where it goes on. */
        @Override
        public boolean allow(final List<Object> outcome) {
            final String text = outcome.toString();
            return WRONG.stream().noneMatch(text::contains) && (isStopped || fresh().accepts(interrupted, others, outcome));
        }
    }
}
