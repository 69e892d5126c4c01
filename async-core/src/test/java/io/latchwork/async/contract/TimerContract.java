// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.contract;

import org.junit.jupiter.api.Nested;

/** The contract of the API, for every implementation: a concrete class says how to make a runtime. */
public abstract class TimerContract implements Variant {
    @Nested
    class Init extends InitContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class SetCallback extends SetCallbackContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Start extends StartContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Order extends OrderContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class CancelAsync extends CancelAsyncContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Stopped extends StoppedContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Pinned extends PinnedContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class ForEach extends ForEachContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class View extends ViewContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Cancel extends CancelContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Callback extends CallbackContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Prog extends ProgContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Map extends MapContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class MapReference extends MapReferenceContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Nmi extends NmiContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Runtime extends RuntimeContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Launched extends LaunchedContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class Differential extends DifferentialContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }

    @Nested
    class RandomSequence extends RandomSequenceContract {
        @Override
        Variant variant() {
            return TimerContract.this;
        }
    }
}
