// SPDX-License-Identifier: Apache-2.0
package io.latchwork.rcu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The x86-64 code of one compiled method, as a JVM without a disassembler prints it: bytes in hexadecimal. Only accesses of 8
 * bytes to {@code [register + displacement of 32 bits]} are recognised; with a displacement that is the offset of no other field
 * their seven bytes are told from all others.
 */
final class MachineCode {
    private static final Pattern LINE = Pattern.compile("\\s+0x([0-9a-f]+): ((?:[0-9a-f]{2,8}[ |]*)+)\\s*");
    private static final int REX_W = 0x48;
    private static final int ROOT_AT_LEAST = 0x200;

    /** An access, by what it does. */
    enum Kind {
        LOAD(0x8b),
        STORE(0x89),
        EXCHANGE(0x87);

        private final int opcode;

        Kind(final int opcode) {
            this.opcode = opcode;
        }
    }

    private final byte[] code;

    private MachineCode(final byte[] code) {
        this.code = code;
    }

    /** The last code that C2 made of the method. */
    static MachineCode of(final String output, final String method) {
        final String[] compiled = output.split("C2-compiled nmethod");
        for (int i = compiled.length - 1; i > 0; i--) {
            if (compiled[i].contains("::" + method + " ")) {
                return new MachineCode(bytes(compiled[i].substring(compiled[i].indexOf("[Verified Entry Point]"))));
            }
        }
        throw new AssertionError("C2 has compiled no " + method + ": " + output);
    }

    private static byte[] bytes(final String text) {
        byte[] bytes = new byte[0];
        long start = -1;
        for (final String line : text.split("\n")) {
            if (line.startsWith("[Exception Handler]") || line.startsWith("[Stub Code]")) {
                break;
            }
            final Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                final long address = Long.parseLong(matcher.group(1), 16);
                start = start < 0 ? address : start;
                final byte[] more = HexFormat.of().parseHex(matcher.group(2).replaceAll("[ |]", ""));
                final int at = (int) (address - start);
                bytes = Arrays.copyOf(bytes, at + more.length);
                System.arraycopy(more, 0, bytes, at, more.length);
            }
        }
        return bytes;
    }

    /** Where the word of a slot is accessed so. */
    List<Integer> word(final Kind kind) {
        return accesses(kind, Byte.MAX_VALUE + 1, ROOT_AT_LEAST);
    }

    /** Where the protected root is accessed so. */
    List<Integer> root(final Kind kind) {
        return accesses(kind, ROOT_AT_LEAST, 2 * ROOT_AT_LEAST);
    }

    private List<Integer> accesses(final Kind kind, final int from, final int to) {
        final List<Integer> found = new ArrayList<>();
        for (int i = 0; i + 7 <= code.length; i++) {
            final int mode = code[i + 2] >>> 6 & 3;
            final boolean plainRegister = (code[i + 2] & 7) != 4; // 4 is the stack, or an index
            final int displacement = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).getInt(i + 3);
            if ((code[i] & 0xf8) == REX_W && (code[i + 1] & 0xff) == kind.opcode && mode == 2 && plainRegister
                && displacement >= from && displacement < to) {
                found.add(i);
            }
        }
        return found;
    }

    /** Whether a fence is in it: {@code lock add [rsp + n], 0}, as HotSpot has it, or {@code mfence}. */
    boolean hasFence() {
        final String hex = HexFormat.of().formatHex(code);
        return hex.contains("f0834424") || hex.contains("0faef0");
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(code);
    }
}
