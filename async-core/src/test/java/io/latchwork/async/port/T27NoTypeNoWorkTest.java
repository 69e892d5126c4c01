// SPDX-License-Identifier: Apache-2.0
package io.latchwork.async.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.latchwork.async.BpfContainer;
import io.latchwork.async.BpfMap;
import io.latchwork.async.BpfMapOfMaps;
import io.latchwork.async.BpfTimer;
import io.latchwork.async.BpfWq;
import io.latchwork.async.MapElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The original: a map of whose values no type is known can hold no work. Here what has no elements of a known type, an
 * outer map or a mere container, has no way to a work or a timer: the types do not offer one.
 */
class T27NoTypeNoWorkTest extends PortCase {
    @Test
    void anOuterMapOffersNoWayToAWorkOrATimer() {
        assertFalse(BpfMap.class.isAssignableFrom(BpfMapOfMaps.class));
        assertFalse(BpfMapOfMaps.class.isAssignableFrom(BpfMap.class));
        assertEquals(List.of(), waysToElements(BpfMapOfMaps.class));
        assertEquals(List.of(), waysToElements(BpfContainer.class));
    }

    @Test
    void aMapDoes() {
        assertFalse(waysToElements(BpfMap.class).isEmpty());
    }

    private static List<String> waysToElements(Class<?> type) {
        return Stream.of(type.getMethods())
            .filter(m -> leadsTo(m, MapElement.class) || leadsTo(m, BpfWq.class) || leadsTo(m, BpfTimer.class))
            .map(Method::getName).sorted().distinct().toList();
    }

    private static boolean leadsTo(Method method, Class<?> type) {
        return method.getReturnType() == type || List.of(method.getParameterTypes()).contains(type);
    }
}
