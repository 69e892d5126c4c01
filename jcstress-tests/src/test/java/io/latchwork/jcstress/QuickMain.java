// SPDX-License-Identifier: Apache-2.0
package io.latchwork.jcstress;

import java.util.SortedSet;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * The main class of jcstress, with one JVM configuration for each test. On a JVM that has biased locking, such as JDK 17,
 * jcstress makes two of every configuration, with and without; no subject of this module uses a monitor.
 */
public final class QuickMain {
    private QuickMain() {
    }

    /**
     * Runs jcstress. Ends with an exception, and so with exit code 1, if an outcome was forbidden.
     *
     * @param args the options of jcstress
     * @throws Exception from jcstress
     */
    public static void main(String[] args) throws Exception {
        Options options = new Options(args);
        if (!options.parse()) {
            System.exit(1);
        }
        new JCStress(options) {
            @Override
            public SortedSet<String> getTests() { // is asked for after the configurations were found
                VMSupport.getAvailableVMConfigs().removeIf(c -> c.args().contains("-XX:+UseBiasedLocking"));
                return super.getTests();
            }
        }.run();
    }
}
