// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.suite;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A drawing in SVG: text stays text, and colours are classes that a style sheet gives for light and for dark pages. */
final class Svg {
    /** How many colours there are. */
    static final int COLOURS = 12;

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String STYLE = """
        .lw{font:12px system-ui,sans-serif}.lw text{fill:#24292f}.lw .h{font-size:15px;font-weight:600}.lw .q{fill:#57606a}\
        .lw .g{stroke:#d8dee4;stroke-width:1}.lw .b{fill:#fff}.lw path{fill:none;stroke-width:1.8}.lw .p0{stroke-width:3.2}\
        %s\
        @media(prefers-color-scheme:dark){.lw text{fill:#e6edf3}.lw .q{fill:#9da7b1}.lw .g{stroke:#30363d}.lw .b{fill:#0d1117}%s}\
        """;
    private static final String[] LIGHT = {"#0b57d0", "#c5221f", "#e37400", "#188038", "#5bb974", "#8430ce", "#12a4af", "#70c5ce",
        "#b3690e", "#d01884", "#5f6368", "#9aa0a6"};
    private static final String[] DARK = {"#8ab4f8", "#f28b82", "#fcad70", "#5bb974", "#a8dab5", "#c58af9", "#4ecde6", "#a1e4f2",
        "#e3b341", "#ff8bcb", "#9aa0a6", "#dadce0"};

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    Svg(final int width, final int height, final String title) {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
            attributes("viewBox", "0 0 " + width + " " + height, "width", String.valueOf(width), "height", String.valueOf(height),
                "class", "lw", "role", "img", "aria-label", title);
            xml.writeStartElement("style");
            xml.writeCharacters(String.format(STYLE, colours(LIGHT), colours(DARK)));
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        shape("rect", "class", "b", "width", "100%", "height", "100%");
    }

    private static String colours(final String... colours) {
        final StringBuilder rules = new StringBuilder();
        for (int i = 0; i < colours.length; i++) {
            rules.append(String.format(".lw .p%d{stroke:%s}.lw .f%d{fill:%s}", i, colours[i], i, colours[i]));
        }
        return rules.toString();
    }

    /** Words; the anchor is start, middle or end. */
    void words(final double x, final double y, final String style, final String anchor, final String words) {
        open("text", "x", number(x), "y", number(y), "class", style, "text-anchor", anchor);
        characters(words);
    }

    /** Words from the bottom to the top, centred. */
    void upwards(final double x, final double y, final String words) {
        open("text", "class", "q", "text-anchor", "middle", "transform",
            "translate(" + number(x) + "," + number(y) + ") rotate(-90)");
        characters(words);
    }

    void line(final double x1, final double y1, final double x2, final double y2) {
        shape("line", "class", "g", "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
    }

    /** A filled box, with what a pointer over it shows. */
    void box(final double x, final double y, final double width, final double height, final int colour, final String tip) {
        open("rect", "class", "f" + colour, "x", number(x), "y", number(y), "width", number(width), "height", number(height));
        tip(tip);
    }

    /** A dot, with what a pointer over it shows. */
    void dot(final double x, final double y, final int colour, final String tip) {
        open("circle", "class", "f" + colour, "cx", number(x), "cy", number(y), "r", "3");
        tip(tip);
    }

    /** A line through points: the data of a path. */
    void path(final String data, final int colour) {
        shape("path", "class", "p" + colour, "d", data);
    }

    static String number(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private void tip(final String tip) {
        try {
            xml.writeStartElement("title");
            xml.writeCharacters(tip);
            xml.writeEndElement();
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void characters(final String words) {
        try {
            xml.writeCharacters(words);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void open(final String element, final String... attributes) {
        try {
            xml.writeStartElement(element);
            attributes(attributes);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void shape(final String element, final String... attributes) {
        try {
            xml.writeEmptyElement(element);
            attributes(attributes);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void attributes(final String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }

    /** Ends the drawing. */
    String end() {
        try {
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
