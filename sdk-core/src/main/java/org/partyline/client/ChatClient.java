package org.partyline.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.archive.MessageArchive;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.PinStore;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.internal.future.CallbackExecutor;
import org.partyline.internal.future.PublicFuture;
import org.partyline.message.Messages;
import org.partyline.presence.PresenceService;
import org.partyline.privacy.BlockList;
import org.partyline.roster.Roster;
import org.partyline.session.CertificateChange;
import org.partyline.session.ConnectionState;
import org.partyline.session.SignIn;
import org.partyline.session.StateChange;
import org.partyline.session.UserAgent;
import org.partyline.spi.Protocol;
import org.partyline.spi.ProtocolSession;
import org.partyline.spi.SessionLimits;
import org.partyline.spi.SessionSettings;
import org.partyline.spi.SignInSettings;
import org.partyline.store.AccountStore;
import org.partyline.store.Store;
import org.partyline.stream.EventStream;
import org.partyline.trace.WireTrace;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.proxy.ProxyServer;
import org.partyline.transport.tls.TlsConfig;

/**
 * One account's client. Make one, connect it, use its services, close it:
 *
 * <pre>{@code
 * ChatClient client = ChatClient.builder()
 *         .protocol(Xmpp.create())
 *         .account("juliet@capulet.example")
 *         .credentials(Credentials.password(vault::readPassword))
 *         .build();
 * client.connect().thenRun(() -> log.info("online"));
 * client.messages().to("romeo@montague.example").body("Art thou not Romeo?").send();
 * client.close();
 * }</pre>
 *
 * <p>Once connected, a client stays so: when the connection is lost it comes back by itself and resumes the session, until
 * {@link #disconnect()} or {@link #close()}, or until the server refuses it for good.
 *
 * <p>Safe for use by many threads. Application code (stages of futures, subscribers) runs on the client's callback
 * executor, one call at a time.
 */
public final class ChatClient implements AutoCloseable {
    private final ProtocolSession session;
    private final @Nullable ChatResources owned;
    private final CallbackExecutor callbacks;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private ChatClient(ProtocolSession session, @Nullable ChatResources owned, CallbackExecutor callbacks) {
        this.session = session;
        this.owned = owned;
        this.callbacks = callbacks;
    }

    /** {@return a builder; protocol, account and credentials must be set} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Connects, signs in, and loads the contact list.
     *
     * <p>The first attempt is answered, whatever comes of it: when it fails, the client is disconnected, and does not try
     * again by itself. Once it has been online, it comes back from every failure that can pass, and {@link #states()} tells
     * of it; then it gives up only when the server refuses it for good, and is disconnected.
     *
     * @return completes when the client is online. Fails with {@link org.partyline.error.ConnectionException} (no
     *     connection, no TLS, no answer in time), {@link org.partyline.error.AuthenticationFailedException},
     *     {@link org.partyline.error.ServerClosedException}, {@link org.partyline.error.RequestRejectedException} (binding
     *     was refused), {@link org.partyline.error.ProtocolViolationException},
     *     {@link org.partyline.error.ConnectionLostException} (disconnected meanwhile) or
     *     {@link org.partyline.error.NotConnectedException} (closed meanwhile). Called again while connecting or online it
     *     gives the same outcome; while waiting for the next attempt, that of coming back. Cancelling it disconnects.
     *     Completed on the callback executor
     * @throws IllegalStateException if the client is closed
     */
    public CompletableFuture<Void> connect() {
        return session.connect();
    }

    /**
     * Ends the session in order. Messages in the outbox stay for the next {@link #connect()}.
     *
     * @return completes when the connection is closed; never fails
     */
    public CompletableFuture<Void> disconnect() {
        return session.disconnect();
    }

    /** Makes an attempt now, if the client waits for one: call it when the network has come back. */
    public void reconnectNow() {
        session.reconnectNow();
    }

    /**
     * Accepts no more messages, and waits until those in the outbox are acknowledged.
     *
     * @param timeout how long to wait; what is over a year counts as a year
     * @throws IllegalArgumentException if the timeout is negative; nothing has happened then
     * @return completes when the outbox is empty; fails with {@link org.partyline.error.RequestTimeoutException} when the
     *     time is up. Either way the client is still to be closed
     */
    public CompletableFuture<Void> drain(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the timeout must not be negative: " + timeout);
        }
        return session.drain(timeout);
    }

    /** Closes the client for good: ends the session in order, and what waits fails. Returns at once; idempotent. */
    @Override
    public void close() {
        closeAsync();
    }

    /** {@return as {@link #close()}; completes when nothing of the client is left; never fails} */
    public CompletableFuture<Void> closeAsync() {
        PublicFuture.innerOf(session.close()).whenComplete((done, failure) -> {
            if (owned == null) {
                closed.complete(null);
            } else {
                owned.closeAsync().whenComplete((ended, ignored) -> closed.complete(null));
            }
        });
        return PublicFuture.behind(closed.copy(), callbacks);
    }

    /**
     * {@return this client with methods that wait. Closing it closes this client}
     *
     * @param timeout how long each call waits
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public BlockingClient blocking(Duration timeout) {
        return new BlockingClient(this, timeout);
    }

    /** {@return where the client stands} */
    public ConnectionState state() {
        return session.state();
    }

    /** {@return changes of the state} */
    public EventStream<StateChange> states() {
        return session.states();
    }

    /** {@return the full address of this device, once online} */
    public Optional<Jid> self() {
        return session.self();
    }

    /**
     * {@return how this client signed in last: mechanism, channel binding, TLS, endpoint; empty before it did. A resumed
     * session has been signed in to as well}
     */
    public Optional<SignIn> signIn() {
        return session.signIn();
    }

    /**
     * {@return the last of what went over the wire, in both directions, without what is secret: to be attached to a report of
     * a defect} Empty unless {@link Builder#trace} was called. A snapshot, also after the client was closed. Made readable
     * on the calling thread when it is asked for entries or text.
     */
    public WireTrace trace() {
        return session.trace();
    }

    /** {@return sending and receiving of messages} */
    public Messages messages() {
        return session.messages();
    }

    /** {@return own presence, and that of others} */
    public PresenceService presence() {
        return session.presence();
    }

    /** {@return the contact list} */
    public Roster roster() {
        return session.roster();
    }

    /** {@return the block list} */
    public BlockList blockList() {
        return session.blockList();
    }

    /** {@return what was said before: archives of messages} */
    public MessageArchive archive() {
        return session.archive();
    }

    /**
     * Tells the server whether the user looks at the application (XEP-0352), so that it can hold back what can wait. Kept
     * over reconnects.
     *
     * @param active whether; true until this is called
     */
    public void active(boolean active) {
        session.active(active);
    }

    /**
     * {@return a door to what only this client's protocol has, such as {@link org.partyline.xmpp.XmppAccess}}
     *
     * @param type the door's type
     * @param <T> the door's type
     * @throws IllegalArgumentException if the protocol has no such door
     */
    public <T> T extension(Class<T> type) {
        return session.extension(type)
                .orElseThrow(() -> new IllegalArgumentException("this protocol has no " + type.getName()));
    }

    /** Builds a {@link ChatClient}. Not safe for use by several threads at once. */
    public static final class Builder {
        private @Nullable Protocol protocol;
        private @Nullable Jid account;
        private @Nullable String resource;
        private @Nullable Credentials credentials;
        private SaslOptions sasl = SaslOptions.DEFAULT;
        private @Nullable PinStore pins;
        private @Nullable SecretStore secrets;
        private Store store = Store.volatileStore();
        private UserAgent userAgent = UserAgent.ANONYMOUS;
        private Predicate<CertificateChange> certificateChange = change -> true;
        private TransportOptions transport = TransportOptions.DEFAULT;
        private SessionLimits limits = SessionLimits.DEFAULT;
        private int trace;
        private @Nullable ChatResources resources;
        private @Nullable Executor callbacks;

        private Builder() {}

        /**
         * Sets the protocol to speak.
         *
         * @param protocol the protocol, such as {@code Xmpp.create()}
         * @return this
         */
        public Builder protocol(Protocol protocol) {
            this.protocol = Objects.requireNonNull(protocol, "protocol");
            return this;
        }

        /**
         * Sets the account.
         *
         * @param address the account's address; a resource in it is the device's name to ask for, to which the server may
         *     add (XEP-0386 section 3.2.1)
         * @return this
         * @throws org.partyline.address.JidFormatException if it is no address
         */
        public Builder account(String address) {
            return account(Jid.parse(Objects.requireNonNull(address, "address")));
        }

        /**
         * Sets the account.
         *
         * @param address the account's address; a resource in it is the device's name to ask for, to which the server may
         *     add (XEP-0386 section 3.2.1)
         * @return this
         */
        public Builder account(Jid address) {
            this.account = Objects.requireNonNull(address, "address").bare();
            if (address.resource() != null) {
                this.resource = address.resource();
            }
            return this;
        }

        /**
         * Sets what proves the account.
         *
         * @param credentials the credentials
         * @return this
         */
        public Builder credentials(Credentials credentials) {
            this.credentials = Objects.requireNonNull(credentials, "credentials");
            return this;
        }

        /**
         * Sets what is accepted at sign-in.
         *
         * @param sasl the options
         * @return this
         */
        public Builder sasl(SaslOptions sasl) {
            this.sasl = Objects.requireNonNull(sasl, "sasl");
            return this;
        }

        /**
         * Sets where the client remembers how strongly the account signed in, so that nobody in between can make it do so
         * more weakly later. In the client's own memory by default, so that a restart forgets it.
         *
         * @param pins the store
         * @return this
         */
        public Builder pinStore(PinStore pins) {
            this.pins = Objects.requireNonNull(pins, "pins");
            return this;
        }

        /**
         * Sets where the client keeps the token that a server gives for quick sign-in (XEP-0484). In the client's own memory
         * by default; the library writes none to a disk. Whoever can read the store can sign in.
         *
         * @param secrets the store
         * @return this
         */
        public Builder secretStore(SecretStore secrets) {
            this.secrets = Objects.requireNonNull(secrets, "secrets");
            return this;
        }

        /**
         * Sets where messages on their way are kept. In the client's memory alone by default
         * ({@link Store#volatileStore}): they are lost when the process ends. With a durable store, such as
         * {@link org.partyline.store.file.FileStore}, the next client with this account and store goes on with them; and if this
         * one was not closed before its process ended, with its session too, if the server still has it (XEP-0198).
         *
         * @param store the store
         * @return this
         */
        public Builder store(Store store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Sets what the server is told of this client (XEP-0388 section 2.3). An id alone by default, made anew for each
         * client.
         *
         * @param userAgent what to tell
         * @return this
         */
        public Builder userAgent(UserAgent userAgent) {
            this.userAgent = Objects.requireNonNull(userAgent, "userAgent");
            return this;
        }

        /**
         * Asks the application when the server shows another key than at the account's last sign-in. Its certificate has been
         * verified then. Without this, the sign-in goes on.
         *
         * @param accept says whether it goes on; called on a worker thread, before anything is proved, and may block, but no
         *     longer than the negotiation may take. What it throws counts as a no
         * @return this
         */
        public Builder onCertificateChange(Predicate<CertificateChange> accept) {
            this.certificateChange = Objects.requireNonNull(accept, "accept");
            return this;
        }

        /**
         * Names the endpoints to try, in order, instead of looking up the domain's.
         *
         * @param endpoints the endpoints
         * @return this
         */
        public Builder endpoints(Endpoint... endpoints) {
            this.transport = transport.toBuilder().endpoints(endpoints).build();
            return this;
        }

        /**
         * Sets the proxy that all connections go through. The account's domain is not looked up on this side then, SRV
         * records included: where the domain itself does not take connections, name the {@link #endpoints endpoints}.
         *
         * @param proxy the proxy
         * @return this
         * @see TransportOptions.Builder#proxy
         */
        public Builder proxy(ProxyServer proxy) {
            Objects.requireNonNull(proxy, "proxy");
            this.transport = transport.toBuilder().proxy(proxy).build();
            return this;
        }

        /**
         * Sets what is trusted, and the client's certificate.
         *
         * @param tls the settings
         * @return this
         */
        public Builder tls(TlsConfig tls) {
            this.transport = transport.toBuilder().tls(tls).build();
            return this;
        }

        /**
         * Sets all of the connection's settings, endpoints, proxy and TLS among them.
         *
         * @param transport the settings
         * @return this
         */
        public Builder transport(TransportOptions transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /**
         * Sets the session's bounds and deadlines.
         *
         * @param limits the bounds
         * @return this
         */
        public Builder limits(SessionLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Keeps the last of what goes over the wire, for {@link ChatClient#trace()}. Off by default: then nothing is kept, and
         * it costs nothing.
         *
         * <p>What is kept takes up to 4 MiB of memory, and 16 KiB for each element; the oldest goes first. What proves an
         * account or gives access (sign-in, tokens, ids of sessions, registration, private storage, upload slots, passwords of
         * rooms) is taken out before anything is kept; only in a message that this client sends it is taken out when the
         * trace is asked for. The texts of messages are in memory as long as they are kept, as they are in an application
         * that shows them.
         *
         * @param elements how many elements and events to keep, up to {@link WireTrace#MAX_ELEMENTS}; 0 for none
         * @return this
         * @throws IllegalArgumentException if the number is negative or too large
         */
        public Builder trace(int elements) {
            if (elements < 0 || elements > WireTrace.MAX_ELEMENTS) {
                throw new IllegalArgumentException(
                        "a trace keeps 0 to " + WireTrace.MAX_ELEMENTS + " elements, not " + elements);
            }
            this.trace = elements;
            return this;
        }

        /**
         * Shares threads with other clients. Without this the client has its own, and ends them when it closes.
         *
         * @param resources the threads; the caller's to close
         * @return this
         */
        public Builder resources(ChatResources resources) {
            this.resources = Objects.requireNonNull(resources, "resources");
            return this;
        }

        /**
         * Sets where application code runs: a user interface's queue, virtual threads, a pool. The client runs one call at
         * a time on it.
         *
         * @param executor the executor; the caller's to close
         * @return this
         */
        public Builder callbackExecutor(Executor executor) {
            this.callbacks = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Makes the client. Nothing is sent before {@link ChatClient#connect()}. A durable store is read here, which takes
         * time: call it on a thread that may wait for a disk.
         *
         * @return the client
         * @throws IllegalStateException if protocol, account or credentials are missing
         * @throws IllegalArgumentException if they do not fit together
         * @throws org.partyline.error.StoreException if the store cannot be opened: it is in use, cannot be read, or was
         *     written with another key or by a later version
         */
        public ChatClient build() {
            if (protocol == null || account == null || credentials == null) {
                throw new IllegalStateException("protocol, account and credentials must be set");
            }
            ChatResources used = resources != null ? resources : ChatResources.create(1, 1, account.domain());
            // One queue for the session and for this: what the session has told is heard before the client is closed.
            CallbackExecutor runs = new CallbackExecutor(callbacks != null ? callbacks : used.callbacks());
            SignInSettings signIn = new SignInSettings(
                    sasl,
                    pins != null ? pins : PinStore.inMemory(),
                    secrets != null ? secrets : SecretStore.inMemory(),
                    userAgent,
                    certificateChange);
            AccountStore records = null;
            try {
                records = store.open(account);
                ProtocolSession session = protocol.open(new SessionSettings(
                        account,
                        resource,
                        credentials,
                        signIn,
                        used.transport(),
                        transport,
                        runs,
                        used.workers(),
                        used.storage(),
                        records,
                        limits,
                        trace));
                return new ChatClient(session, resources != null ? null : used, runs);
            } catch (RuntimeException e) {
                if (records != null) {
                    records.close();
                }
                if (resources == null) {
                    used.close();
                }
                throw e;
            }
        }
    }
}
