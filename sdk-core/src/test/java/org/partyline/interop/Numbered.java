package org.partyline.interop;

import java.util.List;
import java.util.stream.IntStream;

/** Texts that show what is missing, doubled or out of order. */
final class Numbered {
    private Numbered() {}

    static List<String> list(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + i).toList();
    }
}
