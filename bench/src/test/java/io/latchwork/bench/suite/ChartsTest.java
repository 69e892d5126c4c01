// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartsTest {
    private static final int LARGEST = 40_000;

    private static int count(final Document document, final String element) {
        return document.getElementsByTagName(element).getLength();
    }

    @Test
    void lines() throws Exception {
        final ChartSpec spec = ChartSpec.lines("x", "a < b & c", "x", "y").log(true, true)
            .with("one", List.of(new ChartSpec.Point(1, 1), new ChartSpec.Point(10, 0), new ChartSpec.Point(100, 5)))
            .with("none", List.of(new ChartSpec.Point(1, Double.NaN)));
        final Document document = Documents.parse(Charts.svg(spec));
        assertEquals("svg", document.getDocumentElement().getTagName());
        assertEquals("a < b & c", document.getDocumentElement().getAttribute("aria-label"));
        assertEquals(1, count(document, "path"));
        assertEquals(2, count(document, "circle"), "what a logarithm does not have is left out");
    }

    @Test
    void bars() throws Exception {
        final ChartSpec spec = ChartSpec.bars("x", "bars", "ns", List.of("first", "absent", "third"))
            .with("one thread", List.of(new ChartSpec.Point(0, 10), new ChartSpec.Point(2, 30)))
            .with("two threads", List.of(new ChartSpec.Point(0, 20)));
        final String svg = Charts.svg(spec);
        final Document document = Documents.parse(svg);
        assertEquals(1 + 2 + 3, count(document, "rect"), "page, legend, bars");
        assertTrue(svg.contains("third, one thread: 30"), svg);
        assertTrue(!svg.contains("absent"), svg);
    }

    @Test
    void manyLinesAreSmall() throws Exception {
        ChartSpec spec = ChartSpec.lines("x", "many", "x", "y").log(true, true);
        for (int line = 1; line <= 15; line++) {
            final int factor = line;
            spec = spec.with("peer " + line, IntStream.range(0, 20)
                .mapToObj(i -> new ChartSpec.Point(Math.pow(2, i), factor + i)).toList());
        }
        final String svg = Charts.svg(spec);
        assertEquals(15, count(Documents.parse(svg), "path"));
        assertTrue(svg.length() < LARGEST, "bytes: " + svg.length());
        assertTrue(svg.contains("prefers-color-scheme:dark"), svg);
    }

    @Test
    void axes() {
        assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0), Axis.of(List.of(3.0, 71.0), false, 0, 1).ticks());
        assertEquals(List.of(1.0, 10.0, 100.0), Axis.of(List.of(3.0, 71.0), true, 0, 1).ticks());
        assertEquals(2, Axis.of(List.of(10.0), true, 0, 1).ticks().size(), "one value has an axis, too");
        assertEquals(0.5, Axis.of(List.of(1.0, 100.0), true, 0, 1).at(10), 1e-9);
        assertEquals(List.of("0", "0.5", "7.25", "12.5", "100", "1.5k", "100k", "10M"),
            IntStream.range(0, 8).mapToObj(i -> Axis.label(new double[] {0, 0.5, 7.25, 12.5, 100, 1_500, 100_000, 1e7}[i]))
                .toList());
    }
}
