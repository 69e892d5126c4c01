// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.compare;

import io.latchwork.bench.capture.Capture;
import io.latchwork.bench.capture.FlowKey;
import io.latchwork.bench.capture.Packet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The packets of a capture in the form in which they are replayed: flows are numbered, and a packet is one {@code int},
 * its flow in the upper bits and in the lower {@value #FLAG_BITS} which side of the flow it closes, if any.
 */
public final class Traffic {
    /** The packet ends the sending side of the low endpoint: FIN or RST. */
    public static final int CLOSES_LOW = 1;
    /** The packet ends the sending side of the high endpoint: FIN or RST. */
    public static final int CLOSES_HIGH = 2;
    /** Both sides have ended. */
    public static final int CLOSED = CLOSES_LOW | CLOSES_HIGH;

    private static final int FLAG_BITS = 2;

    private final String name;
    private final FlowKey[] keys;
    private final long[] timesNs;
    private final int[] packets;

    private Traffic(String name, FlowKey[] keys, long[] timesNs, int[] packets) {
        this.name = name;
        this.keys = keys;
        this.timesNs = timesNs;
        this.packets = packets;
    }

    /**
     * Prepares a capture for replay.
     *
     * @param capture the capture
     * @return its traffic
     */
    public static Traffic of(Capture capture) {
        return of(capture.name(), capture.packets());
    }

    /**
     * Prepares packets for replay.
     *
     * @param name the name of where they come from
     * @param list the packets in the order of their times, at least one
     * @return their traffic
     * @throws IllegalArgumentException if there are none or a time goes back
     */
    public static Traffic of(String name, List<Packet> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(name + ": no TCP or UDP packets");
        }
        Map<FlowKey, Integer> numbers = new LinkedHashMap<>();
        long[] times = new long[list.size()];
        int[] packed = new int[list.size()];
        for (int i = 0; i < packed.length; i++) {
            Packet packet = list.get(i);
            times[i] = packet.timeNs();
            if (i > 0 && times[i] < times[i - 1]) {
                throw new IllegalArgumentException(name + ": packet " + (i + 1) + " is earlier than the one before it");
            }
            Integer fresh = numbers.size();
            Integer known = numbers.putIfAbsent(packet.key(), fresh);
            packed[i] = (known == null ? fresh : known) << FLAG_BITS | closes(packet);
        }
        return new Traffic(name, numbers.keySet().toArray(new FlowKey[0]), times, packed);
    }

    private static int closes(Packet packet) {
        if (!packet.fin() && !packet.rst()) {
            return 0;
        }
        return packet.forward() ? CLOSES_LOW : CLOSES_HIGH;
    }

    /**
     * The flow of a packet.
     *
     * @param packet a packet
     * @return the number of its flow
     */
    public static int flow(int packet) {
        return packet >>> FLAG_BITS;
    }

    /**
     * What a packet closes.
     *
     * @param packet a packet
     * @return 0, {@link #CLOSES_LOW} or {@link #CLOSES_HIGH}
     */
    public static int closes(int packet) {
        return packet & CLOSED;
    }

    /**
     * Where the packets come from.
     *
     * @return the name of the capture
     */
    public String name() {
        return name;
    }

    /**
     * How many packets there are.
     *
     * @return a positive number
     */
    public int size() {
        return packets.length;
    }

    /**
     * A packet.
     *
     * @param i its index, from 0
     * @return its flow and what it closes
     */
    public int packet(int i) {
        return packets[i];
    }

    /**
     * The time of a packet.
     *
     * @param i its index, from 0
     * @return nanoseconds since the first packet
     */
    public long timeNs(int i) {
        return timesNs[i];
    }

    /**
     * How many flows there are.
     *
     * @return a positive number
     */
    public int flows() {
        return keys.length;
    }

    /**
     * The key of a flow.
     *
     * @param flow its number, from 0
     * @return the key
     */
    public FlowKey key(int flow) {
        return keys[flow];
    }

    /**
     * The keys of all flows, by number.
     *
     * @return a copy
     */
    public FlowKey[] keys() {
        return keys.clone();
    }
}
