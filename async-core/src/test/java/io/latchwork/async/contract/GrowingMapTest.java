// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import io.latchwork.async.AsyncRuntime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Nested;

/** The contract of hash maps, for those that grow: each map that is as good as a growing one is made as a growing one. */
class GrowingMapTest {
    private static Variant growing() {
        return spec -> {
            AsyncRuntime real = new LockFreeContractTest().newRuntime(spec);
            return (AsyncRuntime) Proxy.newProxyInstance(AsyncRuntime.class.getClassLoader(), new Class<?>[] {AsyncRuntime.class},
                (proxy, method, args) -> {
                    boolean asGrowing = method.getName().equals("hashMap") && (args.length == 2 || args[1].equals(args[2]));
                    try {
                        return asGrowing ? real.growingHashMap((String) args[0], (Integer) args[1]) : method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        };
    }

    @Nested
    class Map extends MapContract {
        @Override
        Variant variant() {
            return growing();
        }
    }

    @Nested
    class MapReference extends MapReferenceContract {
        @Override
        Variant variant() {
            return growing();
        }
    }

    @Nested
    class Init extends InitContract {
        @Override
        Variant variant() {
            return growing();
        }
    }

    @Nested
    class ForEach extends ForEachContract {
        @Override
        Variant variant() {
            return growing();
        }
    }

    @Nested
    class View extends ViewContract {
        @Override
        Variant variant() {
            return growing();
        }
    }

    @Nested
    class Launched extends LaunchedContract {
        @Override
        Variant variant() {
            return growing();
        }
    }

    @Nested
    class RandomSequence extends RandomSequenceContract {
        @Override
        Variant variant() {
            return growing();
        }
    }
}
