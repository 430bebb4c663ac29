package org.partyline.examples.operator.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads the lines of a log, and what is at its end. */
final class AuditLines {
    private AuditLines() {}

    /** What comes after the last line end. */
    enum Tail {
        /** Nothing. */
        NONE,
        /** An entry that lacks its line end alone. */
        ENTRY,
        /** The beginning of an entry: its writing was cut off. */
        TORN
    }

    /**
     * What was read.
     *
     * @param tail what comes after the last line end
     * @param bytes how many bytes the entries have, with their line ends
     */
    record End(Tail tail, long bytes) {}

    /**
     * Reads a log.
     *
     * <p>An entry is acknowledged once it is on the disk with its line end. So what comes after the last one was never
     * acknowledged if its writing was cut off, and then it is an object that does not end, perhaps with zeros after it
     * where the file had grown before its content came. Anything else without a line end was made so by somebody.
     *
     * @param stream the log; left open
     * @param chain what the lines have to follow
     * @param reader hears of each entry
     * @return what is at the end
     * @throws IOException if it cannot be read
     * @throws BrokenLogException if a line is wrong
     */
    static End read(InputStream stream, AuditChain chain, AuditReader reader) throws IOException {
        InputStream in = new BufferedInputStream(stream, 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long bytes = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                bytes += line.size() + 1;
                accept(line.toByteArray(), chain, reader);
                line.reset();
            } else if (line.size() > AuditChain.LONGEST_LINE) {
                throw new BrokenLogException(chain.next(), "it is longer than " + AuditChain.LONGEST_LINE + " bytes");
            } else {
                line.write(b);
            }
        }
        byte[] rest = withoutZeros(line.toByteArray());
        if (line.size() == 0) {
            return new End(Tail.NONE, bytes);
        }
        if (isCutOff(rest)) {
            return new End(Tail.TORN, bytes);
        }
        accept(rest, chain, reader);
        return new End(Tail.ENTRY, bytes + rest.length);
    }

    private static void accept(byte[] line, AuditChain chain, AuditReader reader) throws BrokenLogException {
        long number = chain.next();
        AuditEntry entry = chain.add(line);
        try {
            reader.read(entry);
        } catch (EntryRefusedException e) {
            throw new BrokenLogException(number, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] withoutZeros(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** {@return whether this begins an object, and does not end it} */
    private static boolean isCutOff(byte[] bytes) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (quoted && b == '\\') {
                i++;
            } else if (b == '"') {
                quoted = !quoted;
            } else if (!quoted && (b == '{' || b == '[')) {
                depth++;
            } else if (!quoted && (b == '}' || b == ']')) {
                depth--;
            }
            if (depth == 0) {
                return false;
            }
        }
        return true;
    }
}
