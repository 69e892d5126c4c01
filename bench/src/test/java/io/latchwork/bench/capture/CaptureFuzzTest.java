// SPDX-License-Identifier: Apache-2.0
package io.latchwork.bench.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damages capture files at random: loading gives a capture or a CaptureException of one line. The
 * seed is printed; {@code -Dlatchwork.seed} repeats a run.
 */
class CaptureFuzzTest {
    private final long seed = Long.getLong("latchwork.seed", System.nanoTime());
    private final Random random = new Random(seed);

    CaptureFuzzTest() {
        System.out.println("CaptureFuzzTest: -Dlatchwork.seed=" + seed);
    }

    private byte[] mutate(byte[] original, int structure) {
        byte[] bytes = original.clone();
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(structure, bytes.length) : bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? -1 : 0);
                case 3 -> {
                    byte[] noise = new byte[Math.min(1 + random.nextInt(32), bytes.length - at)];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, bytes, at, noise.length);
                }
                case 4 -> {
                    // a part is moved, as when bytes are lost or doubled
                    int from = random.nextInt(bytes.length);
                    System.arraycopy(bytes, from, bytes, at, Math.min(bytes.length - from, bytes.length - at));
                }
                default -> {
                    if (random.nextInt(4) == 0) {
                        bytes = Arrays.copyOf(bytes, 1 + at);
                    }
                }
            }
        }
        return bytes;
    }

    private boolean survives(byte[] bytes, String what) {
        try {
            Capture capture = CaptureBytes.load(bytes);
            assertFalse(capture.packets().isEmpty(), what);
            long before = 0;
            for (Packet packet : capture.packets()) {
                assertNotNull(packet.key().toString(), what);
                assertTrue(packet.timeNs() >= before && packet.payloadLength() >= 0, what + ": " + packet);
                before = packet.timeNs();
            }
            return true;
        } catch (CaptureException e) {
            assertTrue(e.getMessage().startsWith("test.cap: ") && e.getMessage().lines().count() == 1,
                    what + ": " + e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    @Test
    void defaultCapture() throws IOException {
        byte[] whole;
        try (InputStream in = Capture.class.getResourceAsStream("/io/latchwork/bench/default.pcap")) {
            whole = in.readAllBytes();
        }
        int loaded = 0;
        for (int i = 0; i < 300; i++) {
            loaded += survives(mutate(whole, 4000), "seed " + seed + ", file " + i) ? 1 : 0;
        }
        System.out.println("CaptureFuzzTest: " + loaded + " of 300 damaged default captures still load");
    }

    @Test
    void smallFilesOfBothFormats() {
        int loaded = 0;
        for (int i = 0; i < 20_000; i++) {
            ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            byte[] file = random.nextBoolean() ? small(order) : smallNg(order);
            loaded += survives(mutate(file, 200), "seed " + seed + ", file " + i) ? 1 : 0;
        }
        assertTrue(loaded > 0 && loaded < 20_000, "seed " + seed + ": " + loaded + " load");
    }

    private static byte[] small(ByteOrder order) {
        return CaptureBytes.classic(order, CaptureBytes.NANO, 1, 96).packet(1, 2, Frames.simple(Frames.SYN, 3))
                .packet(1, 3, Frames.reply(Frames.ACK, 0)).packet(1, 4, Frames.ethernet(0x86DD,
                        Frames.ipv6(17, Frames.A6, Frames.B6, Frames.udp(1, 2, 3)))).bytes();
    }

    private static byte[] smallNg(ByteOrder order) {
        CaptureBytes file = CaptureBytes.ng(order);
        return file.iface(1, 96, file.option(9, (byte) 9), file.longOption(14, 3)).iface(101, 0)
                .enhanced(0, 1_000_000_000L, Frames.simple(Frames.SYN, 3)).simple(57, Frames.simple(0, 3))
                .block(5, file.buffer(12)).obsolete(0, 5, Frames.reply(0, 1))
                .enhanced(1, 7, Frames.ipv4(17, Frames.A4, Frames.B4, Frames.udp(5, 6, 7))).bytes();
    }

    @Test
    void noise() {
        PacketDecoder decoder = new PacketDecoder();
        int[] linkTypes = {0, 1, 12, 14, 101, 108, 113, 228, 229, 276, 999};
        int packets = 0;
        int frames = 200_000;
        for (int i = 0; i < frames; i++) {
            byte[] frame = new byte[random.nextInt(120)];
            random.nextBytes(frame);
            // make it likely that the first checks pass
            for (int at = 0; at < frame.length; at += 1 + random.nextInt(20)) {
                byte[] likely = {0x45, 0x60, 6, 17, 0, 44, 43, 60, 8, (byte) 0x86, (byte) 0xDD, (byte) 0x81};
                frame[at] = likely[random.nextInt(likely.length)];
            }
            Packet packet = decoder.decode(i, linkTypes[random.nextInt(linkTypes.length)], frame,
                    random.nextInt());
            packets += packet == null ? 0 : 1;
        }
        assertEquals(frames, packets + decoder.skipped().total());
    }
}
