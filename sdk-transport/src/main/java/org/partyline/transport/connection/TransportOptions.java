package org.partyline.transport.connection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.proxy.ProxyServer;
import org.partyline.transport.tls.TlsConfig;
import org.partyline.transport.xml.XmlLimits;

/** Immutable settings of a connection. {@link #DEFAULT} suits a client on the open network. */
public final class TransportOptions {

    /** System trust, SRV look-up, system name servers, the default limits and deadlines. */
    public static final TransportOptions DEFAULT = new Builder().build();

    private final TlsConfig tls;
    private final XmlLimits limits;
    private final List<Endpoint> endpoints;
    private final List<InetSocketAddress> nameServers;
    private final boolean webSocketDiscovery;
    private final @Nullable ProxyServer proxy;
    private final boolean localServiceLookup;
    private final Duration connectTimeout;
    private final Duration totalTimeout;
    private final Duration handshakeTimeout;
    private final Duration closeTimeout;

    private TransportOptions(Builder builder) {
        this.tls = builder.tls;
        this.limits = builder.limits;
        this.endpoints = builder.endpoints;
        this.nameServers = builder.nameServers;
        this.webSocketDiscovery = builder.webSocketDiscovery;
        this.proxy = builder.proxy;
        this.localServiceLookup = builder.localServiceLookup;
        this.connectTimeout = builder.connectTimeout;
        this.totalTimeout = builder.totalTimeout;
        this.handshakeTimeout = builder.handshakeTimeout;
        this.closeTimeout = builder.closeTimeout;
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with these settings} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.tls = tls;
        builder.limits = limits;
        builder.endpoints = endpoints;
        builder.nameServers = nameServers;
        builder.webSocketDiscovery = webSocketDiscovery;
        builder.proxy = proxy;
        builder.localServiceLookup = localServiceLookup;
        builder.connectTimeout = connectTimeout;
        builder.totalTimeout = totalTimeout;
        builder.handshakeTimeout = handshakeTimeout;
        builder.closeTimeout = closeTimeout;
        return builder;
    }

    /** {@return the TLS settings} */
    public TlsConfig tls() {
        return tls;
    }

    /** {@return the bounds on inbound XML} */
    public XmlLimits limits() {
        return limits;
    }

    /** {@return endpoints to try in order instead of looking any up; empty to look up} */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** {@return name servers to ask; empty for the system's} */
    public List<InetSocketAddress> nameServers() {
        return nameServers;
    }

    /** {@return whether host-meta is asked for a WebSocket when every TCP endpoint failed (XEP-0156)} */
    public boolean webSocketDiscovery() {
        return webSocketDiscovery;
    }

    /** {@return the proxy that all connections go through, or null for none} */
    public @Nullable ProxyServer proxy() {
        return proxy;
    }

    /** {@return whether SRV records are looked up from here although there is a proxy} */
    public boolean localServiceLookup() {
        return localServiceLookup;
    }

    /** {@return the deadline for one address, and for a proxy's answers (L20)} */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** {@return the deadline for finding and connecting, all endpoints together (L20)} */
    public Duration totalTimeout() {
        return totalTimeout;
    }

    /** {@return the deadline for a whole TLS handshake (L21)} */
    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /** {@return how long an orderly close waits for the peer (L23)} */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** Builds {@link TransportOptions}. */
    public static final class Builder {
        private TlsConfig tls = TlsConfig.DEFAULT;
        private XmlLimits limits = XmlLimits.DEFAULT;
        private List<Endpoint> endpoints = List.of();
        private List<InetSocketAddress> nameServers = List.of();
        private boolean webSocketDiscovery = true;
        private @Nullable ProxyServer proxy;
        private boolean localServiceLookup;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration totalTimeout = Duration.ofSeconds(30);
        private Duration handshakeTimeout = Duration.ofSeconds(10);
        private Duration closeTimeout = Duration.ofSeconds(5);

        private Builder() {}

        /**
         * Sets the TLS settings.
         *
         * @param tls the settings
         * @return this
         */
        public Builder tls(TlsConfig tls) {
            this.tls = Objects.requireNonNull(tls, "tls");
            return this;
        }

        /**
         * Sets the bounds on inbound XML.
         *
         * @param limits the bounds
         * @return this
         */
        public Builder limits(XmlLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Names the endpoints to try, in order, instead of looking any up.
         *
         * @param endpoints the endpoints
         * @return this
         */
        public Builder endpoints(Endpoint... endpoints) {
            this.endpoints = List.of(Objects.requireNonNull(endpoints, "endpoints"));
            return this;
        }

        /**
         * Names the name servers to ask, in order, instead of the system's.
         *
         * @param nameServers the servers
         * @return this
         */
        public Builder nameServers(InetSocketAddress... nameServers) {
            this.nameServers = List.of(Objects.requireNonNull(nameServers, "nameServers"));
            return this;
        }

        /**
         * Says whether host-meta is asked for a WebSocket when every TCP endpoint failed (XEP-0156). On by default.
         *
         * @param enabled whether
         * @return this
         */
        public Builder webSocketDiscovery(boolean enabled) {
            this.webSocketDiscovery = enabled;
            return this;
        }

        /**
         * Sets the proxy that all connections go through, WebSocket and the look-up of host-meta included. None by
         * default, whatever system properties say.
         *
         * <p>No name of the account's domain is looked up on this side then. Without {@link #endpoints endpoints}, what is
         * tried is the domain itself: STARTTLS at port 5222 (RFC 6120 section 3.2.2), direct TLS at port 5223, and, for a
         * proxy that lets nothing but HTTPS pass, a WebSocket by {@linkplain #webSocketDiscovery host-meta}. A domain whose
         * server is found by SRV records alone needs endpoints, or {@link #localServiceLookup}.
         *
         * @param proxy the proxy, or null for none
         * @return this
         */
        public Builder proxy(@Nullable ProxyServer proxy) {
            this.proxy = proxy;
            return this;
        }

        /**
         * Says whether SRV records are looked up from here although there is a proxy. Off by default: the name servers of
         * the local network would learn which domain is connected to. The hosts that are found are given to the proxy as
         * names. Without a proxy this has no meaning.
         *
         * @param enabled whether
         * @return this
         */
        public Builder localServiceLookup(boolean enabled) {
            this.localServiceLookup = enabled;
            return this;
        }

        /**
         * Sets the deadline for one address, and for all of a proxy's answers once it is connected to. 10 s by default.
         *
         * @param timeout from 1 ms to 5 minutes
         * @return this
         */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = checked("connectTimeout", timeout);
            return this;
        }

        /**
         * Sets the deadline for finding and connecting, all endpoints together. 30 s by default.
         *
         * @param timeout from 1 ms to 5 minutes
         * @return this
         */
        public Builder totalTimeout(Duration timeout) {
            this.totalTimeout = checked("totalTimeout", timeout);
            return this;
        }

        /**
         * Sets the deadline for a whole TLS handshake. 10 s by default.
         *
         * @param timeout from 1 ms to 5 minutes
         * @return this
         */
        public Builder handshakeTimeout(Duration timeout) {
            this.handshakeTimeout = checked("handshakeTimeout", timeout);
            return this;
        }

        /**
         * Sets how long an orderly close waits for the peer. 5 s by default.
         *
         * @param timeout from 1 ms to 5 minutes
         * @return this
         */
        public Builder closeTimeout(Duration timeout) {
            this.closeTimeout = checked("closeTimeout", timeout);
            return this;
        }

        /** {@return the settings} */
        public TransportOptions build() {
            return new TransportOptions(this);
        }

        private static Duration checked(String name, Duration timeout) {
            Objects.requireNonNull(timeout, name);
            if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
                throw new IllegalArgumentException(name + " must be between 1 ms and 5 minutes: " + timeout);
            }
            return timeout;
        }
    }
}
