package org.partyline.examples.chat;

import java.io.Console;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.proxy.ProxyServer;
import picocli.CommandLine.Option;

/** The option that names a proxy. Its password never comes from the command line, as little as the account's. */
final class ProxyOption {
    static final String VARIABLE = "PARTYLINE_PROXY_PASSWORD";
    private static final int SOCKS_PORT = 1080;
    private static final int HTTP_PORT = 8080;
    private static final Pattern FORM = Pattern.compile("(socks5|http)://(?:([^@/\\s]*)@)?([^@/\\s]+?)/?");

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = {
                "Connect through a proxy: socks5://[NAME@]HOST[:PORT] or http://[NAME@]HOST[:PORT]. It looks up the "
                        + "server, so without --server the account's domain itself is tried. The password for NAME is "
                        + "taken from the environment variable " + VARIABLE + ", else asked for."
            })
    private @Nullable String url;

    private char[] secret = {};

    boolean isSet() {
        return url != null;
    }

    /**
     * {@return the proxy, or null if none is named} Asks for its password, if it has a name to go with one.
     *
     * @throws IllegalArgumentException if it cannot be one, or there is no password; the message is for the user
     */
    @Nullable
    ProxyServer read(Map<String, String> environment, boolean interactive) {
        if (url == null) {
            return null;
        }
        Matcher matcher = FORM.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--proxy is socks5://[NAME@]HOST[:PORT] or http://[NAME@]HOST[:PORT]");
        }
        boolean socks = matcher.group(1).equals("socks5");
        HostAndPort at = HostAndPort.parse(matcher.group(3), socks ? SOCKS_PORT : HTTP_PORT);
        ProxyServer proxy =
                socks ? ProxyServer.socks5(at.host(), at.port()) : ProxyServer.httpConnect(at.host(), at.port());
        String name = matcher.group(2);
        if (name == null) {
            return proxy;
        }
        if (name.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "--proxy: a password does not go on the command line; set " + VARIABLE + " instead");
        }
        secret = password(proxy, environment, interactive);
        return proxy.withCredentials(name, () -> secret.clone());
    }

    private static char[] password(ProxyServer proxy, Map<String, String> environment, boolean interactive) {
        String variable = environment.get(VARIABLE);
        if (variable != null) {
            return variable.toCharArray();
        }
        Console console = interactive ? System.console() : null;
        char[] typed = console == null ? null : console.readPassword("Password for the proxy %s (not shown): ", proxy);
        if (typed == null) {
            throw new IllegalArgumentException("no terminal to ask for the proxy's password on; set " + VARIABLE);
        }
        return typed;
    }

    /** Forgets the password. */
    void wipe() {
        Arrays.fill(secret, '\0');
    }
}
