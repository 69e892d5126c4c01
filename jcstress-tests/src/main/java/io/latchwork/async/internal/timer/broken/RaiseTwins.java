// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer.broken;

import io.latchwork.async.internal.timer.RaiseStress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The claim of {@link RaiseStress} over handshakes with one bug each. Each was seen failing on x86-64. */
public class RaiseTwins {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PUSHED = 0;
    private static final int NEXT = 16;

    private RaiseTwins() {
    }

    /** A list and a published deadline. */
    public abstract static class Words {
        private final long[] words = new long[32];

        Words() {
            words[NEXT] = 1;
        }

        final void push() {
            WORDS.getAndSet(words, PUSHED, 1L);
        }

        final boolean sleepsLong() {
            return (long) WORDS.getVolatile(words, NEXT) > 1;
        }

        final void publish() {
            WORDS.setVolatile(words, NEXT, 2L);
        }

        final void publishByRelease() {
            WORDS.setRelease(words, NEXT, 2L);
        }

        final boolean isEmpty() {
            return (long) WORDS.getVolatile(words, PUSHED) == 0;
        }
    }

    /** The owner's word may be overtaken by its last look at the list. */
    @JCStressTest
    @JCStressMeta(RaiseStress.StartOrSleep.class)
    @State
    public static class PublishedByRelease extends Words {
        /** One timer is queued. */
        public PublishedByRelease() {
        }

        /** Starts. */
        @Actor
        public void starter(ZZ_Result r) {
            push();
            r.r1 = sleepsLong();
        }

        /** The owner. */
        @Actor
        public void owner(ZZ_Result r) {
            publishByRelease();
            r.r2 = isEmpty();
        }
    }

    /** The starter looks at how long the owner sleeps before it pushes. */
    @JCStressTest
    @JCStressMeta(RaiseStress.StartOrSleep.class)
    @State
    public static class LooksBeforeItPushes extends Words {
        /** One timer is queued. */
        public LooksBeforeItPushes() {
        }

        /** Starts. */
        @Actor
        public void starter(ZZ_Result r) {
            r.r1 = sleepsLong();
            push();
        }

        /** The owner. */
        @Actor
        public void owner(ZZ_Result r) {
            publish();
            r.r2 = isEmpty();
        }
    }
}
