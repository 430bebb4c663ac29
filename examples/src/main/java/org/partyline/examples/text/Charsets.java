package org.partyline.examples.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Which charset the terminal speaks. */
public final class Charsets {
    private Charsets() {}

    /**
     * {@return the locale's charset; UTF-8 where it is ASCII alone, as without a locale: then nobody said, and nearly every
     * terminal speaks that}
     */
    public static Charset terminal() {
        Charset locale = Charset.forName(
                System.getProperty("native.encoding", Charset.defaultCharset().name()));
        return locale.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : locale;
    }
}
