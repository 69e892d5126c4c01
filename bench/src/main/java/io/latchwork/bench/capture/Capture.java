// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * The TCP and UDP packets of a packet capture file, in time order.
 *
 * <p>Classic pcap files (both byte orders, microseconds or nanoseconds) and pcapng files are read.
 * The times are those of the file, counted from the earliest TCP or UDP packet. Files may record
 * packets slightly out of order; the packets here are sorted by time, those with equal times in
 * the order of the file. A pcapng Simple Packet Block has no time and gets that of the packet
 * before it in the file. A capture is immutable.
 */
public final class Capture {
    private static final String DEFAULT = "/io/latchwork/bench/default.pcap";

    private final String name;
    private final List<Packet> packets;
    private final List<FlowKey> flows;
    private final List<CaptureInterface> interfaces;
    private final Skipped skipped;

    Capture(String name, List<Packet> packets, List<FlowKey> flows,
            List<CaptureInterface> interfaces, Skipped skipped) {
        this.name = name;
        this.packets = packets;
        this.flows = flows;
        this.interfaces = interfaces;
        this.skipped = skipped;
    }

    /**
     * Loads a capture file.
     *
     * @param file the file
     * @return the capture, named as the file
     * @throws CaptureException if the file cannot be read, is of a foreign format, truncated or
     *     damaged, has an unsupported link type or no TCP or UDP packets
     */
    public static Capture load(Path file) throws CaptureException {
        String name = String.valueOf(file.getFileName());
        if (Files.isDirectory(file)) {
            throw new CaptureException(name, "is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return load(in, name);
        } catch (NoSuchFileException e) {
            throw new CaptureException(name, "no such file: " + file, e);
        } catch (IOException e) {
            throw new CaptureException(name, "cannot be read: " + e, e);
        }
    }

    /**
     * Loads a capture from a stream, which is read to its end and not closed.
     *
     * @param in the bytes of a capture file
     * @param name the name for the capture
     * @return the capture
     * @throws CaptureException as {@link #load(Path)}
     */
    public static Capture load(InputStream in, String name) throws CaptureException {
        Source source = new Source(name, new BufferedInputStream(in, 1 << 16));
        Collector collector = new Collector();
        byte[] magic = source.upTo(4);
        if (magic.length == 0) {
            throw source.error("empty file");
        } else if (ClassicReader.isMagic(magic)) {
            ClassicReader.read(source, magic, collector);
        } else if (NgReader.isMagic(magic)) {
            NgReader.read(source, collector);
        } else {
            throw source.error("not a pcap or pcapng file (it starts with "
                    + HexFormat.ofDelimiter(" ").formatHex(magic) + ")");
        }
        return collector.finish(source, name);
    }

    /**
     * Loads the capture that comes with the benchmarks.
     *
     * @return the default capture
     * @throws CaptureException if the resource is missing or damaged
     */
    public static Capture loadDefault() throws CaptureException {
        String name = DEFAULT.substring(DEFAULT.lastIndexOf('/') + 1);
        try (InputStream in = Capture.class.getResourceAsStream(DEFAULT)) {
            if (in == null) {
                throw new CaptureException(name, "no resource " + DEFAULT);
            }
            return load(in, name);
        } catch (IOException e) {
            throw new CaptureException(name, "cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the name of the capture.
     *
     * @return the file name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the packets in time order.
     *
     * @return an immutable list with at least one packet; the first has time 0
     */
    public List<Packet> packets() {
        return packets;
    }

    /**
     * Returns the flows. The keys of the packets are these objects.
     *
     * @return an immutable list of distinct keys in the order of their first packets in the file
     */
    public List<FlowKey> flows() {
        return flows;
    }

    /**
     * Returns the interfaces the capture was recorded on.
     *
     * @return an immutable list in the order of the file
     */
    public List<CaptureInterface> interfaces() {
        return interfaces;
    }

    /**
     * Returns how many packets of the file are left out.
     *
     * @return the counts
     */
    public Skipped skipped() {
        return skipped;
    }

    /**
     * Returns the time of the last packet.
     *
     * @return nanoseconds since the first packet
     */
    public long durationNs() {
        return packets.get(packets.size() - 1).timeNs();
    }
}
