package org.partyline.examples.chat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens.
 *
 * @param host a name or an address
 * @param port the port
 */
record HostAndPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\s]+))(?::([0-9]{1,5}))?");

    /**
     * {@return what a text names: {@code host}, {@code host:port}, {@code [IPv6 address]:port}}
     *
     * @throws IllegalArgumentException if it is neither; the message is for the user
     */
    static HostAndPort parse(String text, int usualPort) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not HOST or HOST:PORT (an IPv6 address goes in brackets): " + text);
        }
        int port = matcher.group(3) == null ? usualPort : Integer.parseInt(matcher.group(3));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
        return new HostAndPort(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
    }
}
