package org.partyline.simulation;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.Wire;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.route.Directory;
import org.partyline.testkit.internal.route.Router;
import org.partyline.testkit.internal.sasl.ScramHash;
import org.partyline.testkit.internal.stream.ClientStream;
import org.partyline.testkit.internal.stream.Link;
import org.partyline.testkit.internal.stream.SignInSettings;
import org.partyline.testkit.internal.stream.StreamHub;
import org.partyline.testkit.internal.stream.StreamSettings;
import org.partyline.testkit.internal.stream.StreamSyntax;
import org.partyline.transport.connection.Endpoint;
import org.partyline.transport.xml.XmlElement;

/** The server of the test kit's network, on simulated wires and in simulated time. */
final class SimulatedServer {
    static final String DOMAIN = "chat.test";
    static final Endpoint ENDPOINT = Endpoint.directTls(DOMAIN, 5223);
    private static final int UNACKNOWLEDGED = 1_000;
    private static final int STANZA_BYTES = 512 * 1024;

    private final World world;
    private final Domain domain =
            new Domain(DOMAIN, List.of("PLAIN"), EnumSet.noneOf(ScramHash.class), 4_096, (user, token) -> false);
    private final Router router;
    private final StreamHub hub;
    private final List<ServerEnd> links = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private List<ServerEnd> dirty = new ArrayList<>();
    private boolean roundScheduled;
    private BooleanSupplier door = () -> true;
    private boolean down;

    /**
     * @param world where it lives
     * @param resumption how long it keeps sessions
     * @param archivePage messages on a page of an archive; 0 for a server without archives
     * @param modern whether one round trip signs in and binds (XEP-0388, XEP-0386)
     */
    SimulatedServer(World world, Duration resumption, int archivePage, boolean modern) {
        this.world = world;
        router = new Router(new Directory(List.of(domain)), archivePage);
        SignInSettings signIn = new SignInSettings(
                true, modern, modern, false, false, false, false, List.of(), Duration.ofDays(1), Duration.ofDays(1));
        hub = new StreamHub(
                router,
                new StreamSettings(signIn, true, resumption, UNACKNOWLEDGED, STANZA_BYTES),
                (delay, task) -> world.schedule(delay, () -> {
                    task.run();
                    changed();
                }));
    }

    Account account(String user, String password) {
        return domain.create(user, password);
    }

    /** The faults that hold for all. */
    FaultPlan faults() {
        return router.faults();
    }

    /** Says who decides of each connection whether it is taken. */
    void door(BooleanSupplier decides) {
        door = decides;
    }

    /** {@return whether a connection that is made now is taken} */
    boolean takesConnection() {
        return door.getAsBoolean() && !down;
    }

    int connections() {
        return links.size();
    }

    /** Breaks every connection; sessions may live on. */
    void cut() {
        List.copyOf(links).forEach(ServerEnd::reset);
    }

    /** How many stanzas clients sent that their accounts' archives had already, by the same id of their own. */
    long repeated() {
        return router.archives().repeated();
    }

    /** Errors by which streams were ended: a client gave reason for each, or the server itself went. */
    List<String> errors() {
        return errors;
    }

    /** {@return a session of an account, of whose client there is nothing but what is said to have come from it} */
    Session voice(Account account) {
        Wire deaf = mock(Wire.class);
        when(deaf.isWritable()).thenReturn(true);
        return account.open("voice", deaf);
    }

    /** A stanza comes from such a session. */
    void say(Session voice, XmlElement stanza) {
        router.receive(voice, stanza);
        changed();
    }

    /** {@return the server's end of a connection, to be put at a wire} */
    ServerEnd accept() {
        ServerEnd end = new ServerEnd();
        links.add(end);
        return end;
    }

    /** Ends the server: its sessions are gone, its accounts and archives are not. */
    void stop() {
        down = true;
        cut();
        world.soon(() -> {
            hub.endAll();
            changed();
        });
    }

    void start() {
        down = false;
    }

    /** Something was done, so that something may have to be sent. */
    void changed() {
        if (!roundScheduled) {
            roundScheduled = true;
            world.soon(() -> {
                roundScheduled = false;
                List<ServerEnd> round = dirty;
                dirty = new ArrayList<>();
                round.forEach(ServerEnd::flush);
            });
        }
    }

    /** The server's end of a wire. */
    final class ServerEnd implements Link, SimulatedWire.End {
        private final ClientStream stream = new ClientStream(hub, this, StreamSyntax.TCP);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private @Nullable SimulatedWire wire;
        private BooleanSupplier isHeard = () -> true;
        private boolean closing;
        private boolean gone;
        private boolean marked;

        /**
         * Puts it at an end of a wire.
         *
         * @param heard whether the client at the other end is there still; what it had sent can arrive when it is gone
         */
        void wire(SimulatedWire made, BooleanSupplier heard) {
            wire = made;
            isHeard = heard;
        }

        private SimulatedWire wire() {
            return Objects.requireNonNull(wire);
        }

        @Override
        public void received(byte[] bytes) {
            if (!closing && !gone) {
                stream.feed(bytes, 0, bytes.length);
                changed();
            }
        }

        @Override
        public void ended() {
            if (!gone) {
                gone = true;
                links.remove(this);
                stream.disconnected();
                wire().finish();
                changed();
            }
        }

        @Override
        public void write(byte[] unit) {
            if (closing || gone) {
                return;
            }
            String text = new String(unit, StandardCharsets.UTF_8);
            if (text.startsWith("<stream:error>") && isHeard.getAsBoolean()) {
                errors.add(text);
            }
            written.writeBytes(unit);
            if (!marked) {
                marked = true;
                dirty.add(this);
                changed();
            }
        }

        private void flush() {
            marked = false;
            if (!closing && !gone) {
                stream.beforeFlush();
                send();
                marked = false;
            }
        }

        private void send() {
            if (written.size() > 0) {
                wire().toClient().send(written.toByteArray());
                written.reset();
            }
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public List<String> certifiedNames() {
            return List.of();
        }

        @Override
        public byte @Nullable [] channelBinding(String type) {
            return null;
        }

        @Override
        public void startTls() {
            throw new IllegalStateException("TLS is there from the beginning");
        }

        @Override
        public boolean isWritable() {
            return wire().toClient().isWritable();
        }

        @Override
        public void waitFor(Link other) {
            // What waits is bounded by what the simulation sends.
        }

        @Override
        public void faults(FaultPlan plan) {
            // Those of the simulation are its own.
        }

        @Override
        public void close() {
            hangUp();
        }

        @Override
        public void hangUp() {
            if (!closing) {
                send();
                closing = true;
                wire().toClient().finish();
                world.soon(this::ended);
            }
        }

        @Override
        public void reset() {
            closing = true;
            wire().reset();
        }

        @Override
        public void fallSilent() {
            wire().silence(wire().toClient());
            wire().silence(wire().toServer());
        }
    }
}
