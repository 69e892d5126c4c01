// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decodes the frames as they come and makes the capture of them. */
final class Collector implements FrameSink {
    private final PacketDecoder decoder = new PacketDecoder();
    private final List<Packet> found = new ArrayList<>();
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private long lastNs = NO_TIME;
    private int withoutTime;
    private int unsupported = -1;

    @Override
    public void captureInterface(CaptureInterface recordedOn) {
        interfaces.add(recordedOn);
    }

    @Override
    public void frame(long unixNs, int linkType, byte[] bytes, int originalLength) {
        if (unixNs != NO_TIME) {
            lastNs = unixNs;
        }
        if (!PacketDecoder.supports(linkType)) {
            unsupported = linkType;
        }
        Packet packet = decoder.decode(lastNs, linkType, bytes, originalLength);
        if (packet != null) {
            found.add(packet);
            withoutTime += lastNs == NO_TIME ? 1 : 0;
        }
    }

    Capture finish(Source source, String name) throws CaptureException {
        if (found.isEmpty()) {
            throw source.error(unsupported >= 0
                    ? PacketDecoder.unsupported(unsupported)
                    : "no TCP or UDP packets");
        }
        // those before the first time known get that time
        long known = withoutTime < found.size() ? found.get(withoutTime).timeNs() : 0;
        for (int i = 0; i < withoutTime; i++) {
            found.set(i, found.get(i).atTime(known));
        }
        found.sort(Comparator.comparingLong(Packet::timeNs));
        long firstNs = found.get(0).timeNs();
        found.replaceAll(p -> p.atTime(p.timeNs() - firstNs));
        return new Capture(name, List.copyOf(found), List.copyOf(decoder.flows()),
                List.copyOf(interfaces), decoder.skipped());
    }
}
