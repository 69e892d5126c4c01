// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.rcutorture;

import io.latchwork.bench.stress.VirtualThreads;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** What can be set, for picocli to fill in. */
final class Knobs {
    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30",
        description = "how long to run, all scenarios together; each runs on until everything happened once; "
            + "default ${DEFAULT-VALUE}")
    double seconds;

    @Option(names = "--seed", paramLabel = "S", description = "of what is random; default: another one each time")
    long seed = ThreadLocalRandom.current().nextLong() >>> 16;

    @Option(names = "--flavour", paramLabel = "NAME",
        description = "symmetric: the library; asymmetric: with readers without fences; or one with a bug, that must fail: "
            + "busted-callbacks, busted-sync, busted-readers, "
            + "busted-cookie, busted-nest, busted-barrier, busted-lossy, busted-sleepy, busted-stuck, busted-undead; default: "
            + "all with a bug, until each has failed, then the library, in both modes if it has them here")
    FlavourKind flavour;

    @Option(names = "--self-test", description = "only those with a bug; passes if each of them fails within --seconds")
    boolean selfTest;

    @Option(names = "--scenario", paramLabel = "NAME",
        description = "where readers are registered: roomy, leased, counted, crowded; default: all, one after another; "
            + "roomy for a flavour with a bug, roomy and crowded for asymmetric")
    Scenario scenario;

    @Option(names = "--readers", paramLabel = "N",
        description = "platform threads that read; default: one a processor, 2 at least")
    int readers = Math.max(2, Runtime.getRuntime().availableProcessors());

    @Option(names = "--virtual-readers", paramLabel = "N", defaultValue = "2",
        description = "virtual threads that read, where there are any; default ${DEFAULT-VALUE}")
    int virtualReaders;

    @Option(names = "--fake-writers", paramLabel = "N", defaultValue = "2",
        description = "threads that wait for grace periods without updating anything; default ${DEFAULT-VALUE}")
    int fakeWriters;

    @Option(names = "--stall-ms", paramLabel = "MS", defaultValue = "200",
        description = "when a stalled reader is to be reported; default ${DEFAULT-VALUE}")
    int stallMs;

    @Option(names = "--flood", paramLabel = "N", defaultValue = "20000",
        description = "callbacks of a flood; default ${DEFAULT-VALUE}")
    int flood;

    @Option(names = "--stutter-ms", paramLabel = "MS", defaultValue = "2000",
        description = "time between pauses; default ${DEFAULT-VALUE}")
    int stutterMs;

    @Option(names = "--period-ms", paramLabel = "MS", defaultValue = "500",
        description = "time between the rounds of the special tests; default ${DEFAULT-VALUE}")
    int periodMs;

    @Option(names = "--hang-seconds", paramLabel = "N", defaultValue = "30",
        description = "what takes longer does not get on at all; default ${DEFAULT-VALUE}")
    int hangSeconds;

    @Option(names = "--keep-going", description = "do not end with the first failure")
    boolean keepGoing;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this and exit")
    boolean help;

    /** Virtual readers, if this JDK has them. */
    int liveVirtualReaders() {
        return VirtualThreads.exist() ? virtualReaders : 0;
    }

    int allReaders() {
        return readers + liveVirtualReaders();
    }

    /** What leads to the same run again, but for seed and seconds. */
    String line() {
        return (flavour == null ? selfTest ? "--self-test" : "" : "--flavour " + flavour.label())
            + (scenario == null ? "" : " --scenario " + scenario.label())
            + " --readers " + readers + " --virtual-readers " + virtualReaders + " --fake-writers " + fakeWriters
            + " --stall-ms " + stallMs + " --flood " + flood + " --stutter-ms " + stutterMs + " --period-ms " + periodMs
            + " --hang-seconds " + hangSeconds + (keepGoing ? " --keep-going" : "");
    }

    /** Complains about what makes no sense; null if all is well. */
    String complaint() {
        if (selfTest && flavour != null) {
            return "--self-test and --flavour exclude each other";
        }
        if (!(seconds > 0 && seconds <= 1e6)) {
            return "--seconds: " + seconds + ", not more than 0 and at most 1000000";
        }
        String bad = outside("--readers", readers, 2, 10_000);
        bad = bad != null ? bad : outside("--virtual-readers", virtualReaders, 0, 100_000);
        bad = bad != null ? bad : outside("--fake-writers", fakeWriters, 0, 1000);
        bad = bad != null ? bad : outside("--stall-ms", stallMs, 1, 60_000);
        bad = bad != null ? bad : outside("--flood", flood, 200, 10_000_000);
        bad = bad != null ? bad : outside("--stutter-ms", stutterMs, 1, 3_600_000);
        bad = bad != null ? bad : outside("--period-ms", periodMs, 1, 3_600_000);
        return bad != null ? bad : outside("--hang-seconds", hangSeconds, 1, 3600);
    }

    private static String outside(final String knob, final int value, final int least, final int most) {
        return value < least || value > most ? knob + ": " + value + ", not " + least + " to " + most : null;
    }
}
