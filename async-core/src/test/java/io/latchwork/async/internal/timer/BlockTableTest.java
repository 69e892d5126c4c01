// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.latchwork.rcu.Rcu;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockTableTest {
    private final Rcu rcu = Rcu.builder().manual().build();
    private final BlockTable table = new BlockTable();

    @Test
    void everyBlockHasANumberOfItsOwn() {
        List<BpfHrtimer> blocks = new ArrayList<>();
        Set<Integer> numbers = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            BpfHrtimer block = new BpfHrtimer(null, 0, rcu, 4);
            block.entry = table.add(block);
            blocks.add(block);
            numbers.add(block.entry);
        }
        assertEquals(1_000, numbers.size());
        for (BpfHrtimer block : blocks) {
            assertSame(block, table.get(block.entry));
        }
    }

    @Test
    void numbersAreUsedAgainAndNoBlockIsKept() {
        BpfHrtimer first = new BpfHrtimer(null, 0, rcu, 4);
        BpfHrtimer second = new BpfHrtimer(null, 0, rcu, 4);
        int number = table.add(first);
        table.remove(number);
        assertNull(table.get(number));
        assertEquals(number, table.add(second));
        assertNotEquals(number, table.add(first));
        assertSame(second, table.get(number));
    }

    @Test
    void prefetchingLooksAtBlocksWithoutAProgramKeyOrValue() {
        BpfHrtimer block = new BpfHrtimer(null, 0, rcu, 4);
        int[] entries = {table.add(block)};
        table.prefetch(entries, 1);
        assertSame(block, table.get(entries[0]));
    }
}
