// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal;

import io.latchwork.LincheckSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** {@link RefCount}: zero is final, and one caller learns of it. */
public class RefCountLincheckTest {

    @Test
    void zeroIsFinalAndNobodyWaits() {
        LincheckSizes.lockFree(Count.class, CountSpec.class);
    }

    @Test
    void oneDropIsTheLastAndNobodyWaits() {
        LincheckSizes.lockFree(Owned.class, CountSpec.class);
    }

    @Test
    void mutantThatChecksThenIncrementsIsCaught() {
        LincheckSizes.modelCaught(CheckThenIncrement.class, CountSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    @Test
    void mutantThatLooksAfterDroppingIsCaught() {
        LincheckSizes.modelCaught(DropThenLook.class, CountSpec.class, LincheckSizes.WRONG_RESULTS);
    }

    /** Two references to begin with. The surplus drop is refused, so any number of them may be tried. */
    public static class Count {
        private final RefCount count = new RefCount(2);

        @Operation
        public boolean tryGet() {
            return count.tryGet();
        }

        @Operation
        public boolean tryPut() {
            return count.tryPut();
        }

        @Operation
        public int get() {
            return count.get();
        }
    }

    /** Two references, which two owners drop while others try to take one. */
    public static class Owned {
        private final RefCount count = new RefCount(2);

        @Operation(runOnce = true)
        public boolean put() {
            return count.put();
        }

        @Operation(runOnce = true)
        public boolean putOther() {
            return count.put();
        }

        @Operation
        public boolean tryGet() {
            return count.tryGet();
        }

        @Operation
        public int get() {
            return count.get();
        }
    }

    /** The plain count. */
    public static class CountSpec {
        private int count = 2;

        public boolean tryGet() {
            count += count == 0 ? 0 : 1;
            return count != 0;
        }

        public boolean put() {
            return --count == 0;
        }

        public boolean putOther() {
            return put();
        }

        public boolean tryPut() {
            final boolean had = count != 0;
            count -= had ? 1 : 0;
            return had;
        }

        public int get() {
            return count;
        }
    }

    /** A count with its accesses. */
    abstract static class Model {
        static final VarHandle COUNT;
        int count = 2;

        static {
            try {
                COUNT = MethodHandles.lookup().findVarHandle(Model.class, "count", int.class);
            } catch (final ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** Mutant: revives what died between the look and the step. */
    public static class CheckThenIncrement extends Model {
        @Operation
        public boolean tryGet() {
            if ((int) COUNT.getVolatile(this) == 0) {
                return false;
            }
            COUNT.getAndAdd(this, 1);
            return true;
        }

        @Operation
        public boolean tryPut() {
            for (;;) {
                final int seen = (int) COUNT.getVolatile(this);
                if (seen == 0 || COUNT.compareAndSet(this, seen, seen - 1)) {
                    return seen != 0;
                }
            }
        }
    }

    /** Mutant: two callers, or none, learn that theirs was the last. */
    public static class DropThenLook extends Model {
        @Operation(runOnce = true)
        public boolean put() {
            COUNT.getAndAdd(this, -1);
            return (int) COUNT.getVolatile(this) == 0;
        }

        @Operation(runOnce = true)
        public boolean putOther() {
            return put();
        }

        @Operation
        public int get() {
            return (int) COUNT.getVolatile(this);
        }
    }
}
