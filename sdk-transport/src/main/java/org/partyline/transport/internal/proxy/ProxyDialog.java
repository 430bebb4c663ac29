package org.partyline.transport.internal.proxy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.connection.TransportException;
import org.partyline.transport.connection.TransportException.Reason;
import org.partyline.transport.internal.dns.DomainName;
import org.partyline.transport.proxy.ProxyServer;

/**
 * What this side says to a proxy, and what it makes of the answers, until the tunnel is open. Takes one byte at a time, so
 * that it makes no difference how they are split. Failures name the proxy, and hold nothing of what it sent but numbers.
 */
public abstract class ProxyDialog {
    /** Nothing is to be said. */
    static final byte[] NOTHING = {};

    private final ProxyServer proxy;
    private final String target;
    private final byte @Nullable [] password;

    ProxyDialog(ProxyServer proxy, String target, byte @Nullable [] password) {
        this.proxy = proxy;
        this.target = target;
        this.password = password;
    }

    /**
     * {@return the dialog with a proxy} Asks for the password, if there are credentials, and so may block then.
     *
     * @param proxy the proxy
     * @param host where it is to connect to: told as it stands, never looked up
     * @param port the port there
     * @throws TransportException if the password cannot be had or cannot be one
     */
    public static ProxyDialog of(ProxyServer proxy, DomainName host, int port) throws TransportException {
        byte[] password = proxy.username() == null ? null : ProxyPassword.read(proxy);
        return switch (proxy.kind()) {
            case SOCKS5 -> new Socks5Dialog(proxy, host, port, password);
            case HTTP_CONNECT -> new HttpConnectDialog(proxy, host, port, password);
        };
    }

    /** {@return what this side says first, for the caller to wipe} */
    public abstract byte[] begin();

    /**
     * Takes a byte of the proxy's. Not to be called once the tunnel is open.
     *
     * @param next the byte
     * @return what to answer at once, for the caller to wipe; empty while there is nothing to say
     * @throws TransportException if the proxy refused, or broke its protocol
     */
    public abstract byte[] take(byte next) throws TransportException;

    /** {@return whether the proxy has connected: what follows is the server's} */
    public abstract boolean isOpen();

    /** {@return whether the proxy was asked to connect: from then on it may be waiting for the server} */
    public abstract boolean isAsked();

    /** Forgets the password. */
    public final void wipe() {
        if (password != null) {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** {@return host and port in one, an IPv6 literal in brackets} */
    static String authority(DomainName host, int port) {
        boolean six = host.ascii().indexOf(':') >= 0;
        return (six ? "[" + host.ascii() + "]" : host.ascii()) + ":" + port;
    }

    final byte @Nullable [] password() {
        return password;
    }

    /**
     * {@return the failure of a proxy of which nothing more can be hoped}
     *
     * @param proxy the proxy
     * @param what what it did, as a predicate
     * @param cause the cause, or null
     */
    public static TransportException failed(ProxyServer proxy, String what, @Nullable Throwable cause) {
        return new TransportException(Reason.PROXY_FAILED, "the proxy " + proxy + " " + what, cause);
    }

    /**
     * {@return the failure of an attempt that ended without the proxy's word}
     *
     * @param reason the kind of failure, if it was about the server
     * @param what what happened, as a predicate to the proxy
     * @param cause the cause, or null
     */
    public final TransportException ended(Reason reason, String what, @Nullable Throwable cause) {
        return isAsked()
                ? new TransportException(
                        reason, "the proxy " + proxy + " " + what + " when asked to connect to " + target, cause)
                : failed(proxy, what, cause);
    }

    final TransportException failed(String what) {
        return failed(proxy, what, null);
    }

    final TransportException refused(String why) {
        return new TransportException(
                Reason.CONNECT_FAILED, "the proxy " + proxy + " did not connect to " + target + ": " + why, null);
    }

    /** {@return the failure of credentials that were refused, or that are missing} */
    final TransportException notAuthenticated() {
        return new TransportException(
                Reason.PROXY_AUTHENTICATION_FAILED,
                "the proxy " + proxy
                        + (password == null
                                ? " asks for credentials, and none are set"
                                : " does not accept the username and password"),
                null);
    }
}
