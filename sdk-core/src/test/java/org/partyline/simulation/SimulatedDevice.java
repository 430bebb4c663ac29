package org.partyline.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.auth.credentials.Credentials;
import org.partyline.auth.credentials.SecretStore;
import org.partyline.auth.sasl.PinStore;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.error.ServerClosedException;
import org.partyline.internal.store.MemoryStore;
import org.partyline.ledger.DeliveryLedger;
import org.partyline.message.CatchUp;
import org.partyline.session.ConnectionState;
import org.partyline.session.StateChange;
import org.partyline.session.UserAgent;
import org.partyline.spi.ProtocolSession;
import org.partyline.spi.SessionLimits;
import org.partyline.spi.SessionSettings;
import org.partyline.spi.SignInSettings;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.xmpp.SeededXmpp;

/** An application on one device: its processes, which can be killed, its disk, which stays, and its network. */
final class SimulatedDevice {
    private static final SessionLimits IMPATIENT = SessionLimits.builder()
            .idleProbe(Duration.ofSeconds(5))
            .probeTimeout(Duration.ofSeconds(5))
            .negotiationTimeout(Duration.ofSeconds(20))
            .requestTimeout(Duration.ofSeconds(20))
            .build();
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final Duration SWITCH = Duration.ofMillis(1);
    private static final Duration USUAL_APPLICATION = Duration.ofMillis(30);
    private static final Duration DISK = Duration.ofMillis(8);

    private final World world;
    private final Jid account;
    private final String name;
    private final SimulatedNetwork network;
    private final CrashPoints points;
    private final MemoryStore disk = new MemoryStore();
    private final DeliveryLedger ledger;
    private final List<String> problems = new ArrayList<>();
    private final List<CatchUp> gaps = new ArrayList<>();
    private Duration application = USUAL_APPLICATION;
    private @Nullable SimulatedProcess process;
    private @Nullable ProtocolSession session;
    private @Nullable String lastId;
    private int next;
    private int online;
    private int resumed;

    SimulatedDevice(World world, SimulatedServer server, String user, String name, CrashPoints points) {
        this.world = world;
        this.account = Jid.of(user, SimulatedServer.DOMAIN, null);
        this.name = name;
        this.network = new SimulatedNetwork(world, server, name);
        this.points = points;
        this.ledger = new DeliveryLedger(name);
        start();
    }

    String name() {
        return name;
    }

    Jid account() {
        return account;
    }

    SimulatedNetwork network() {
        return network;
    }

    DeliveryLedger ledger() {
        return ledger;
    }

    /** Readings of the archive after which the application was told that something may be missing. */
    List<CatchUp> gaps() {
        return gaps;
    }

    /** What went wrong in ways that the ledger does not know. */
    List<String> problems() {
        return problems;
    }

    int online() {
        return online;
    }

    int resumed() {
        return resumed;
    }

    /** The application takes up to so long to come to what it is given. */
    void slow(Duration most) {
        application = most;
    }

    /** The application is as fast as usual. */
    void usual() {
        application = USUAL_APPLICATION;
    }

    /** Begins a process, if there is none. */
    void start() {
        if (process != null) {
            return;
        }
        SimulatedProcess begun = new SimulatedProcess(world);
        process = begun;
        world.trace(() -> name + " begins");
        disk.hear(points::reached);
        ProtocolSession opened = SeededXmpp.create(world.random.nextLong())
                .open(new SessionSettings(
                        account,
                        name,
                        Credentials.password("secret"::toCharArray),
                        new SignInSettings(
                                SaslOptions.DEFAULT.withPlain(true),
                                PinStore.inMemory(),
                                SecretStore.inMemory(),
                                new UserAgent(
                                        new UUID(0x4000, Long.MIN_VALUE + (name.hashCode() & 0xffff)),
                                        "simulation",
                                        name),
                                change -> true),
                        network.transportOf(begun, points),
                        TransportOptions.DEFAULT,
                        task -> begun.threads(application).execute(task),
                        begun.threads(SWITCH),
                        begun.threads(DISK),
                        disk.open(account),
                        IMPATIENT,
                        0));
        session = opened;
        ledger.listen(opened.messages());
        opened.messages().incoming().subscribe(message -> world.trace(() -> name + " was given " + message.body()));
        opened.messages()
                .sentElsewhere()
                .subscribe(message -> world.trace(() -> name + " was given " + message.body()));
        opened.messages().catchUps().filter(CatchUp::gapPossible).subscribe(gap -> gaps.add(gap));
        opened.states().subscribe(change -> moved(begun, change));
        connect(begun, opened);
    }

    private void connect(SimulatedProcess begun, ProtocolSession opened) {
        opened.connect().whenComplete((done, failure) -> {
            if (failure != null) {
                begun.schedule(() -> connect(begun, opened), TRY_AGAIN);
            }
        });
    }

    private void moved(SimulatedProcess by, StateChange change) {
        if (!by.isAlive()) {
            return;
        }
        if (change.to() == ConnectionState.ONLINE) {
            online++;
            resumed += change.resumed() ? 1 : 0;
        } else if (change.to() == ConnectionState.DISCONNECTED && change.from() == ConnectionState.ONLINE) {
            // What a process sent last can arrive when the next one has its place; who signs in last has it.
            if (change.failure() instanceof ServerClosedException closed
                    && closed.condition().equals("conflict")) {
                connect(by, Objects.requireNonNull(session));
            } else {
                problems.add(name + " has given up: " + change);
            }
        }
    }

    boolean isRunning() {
        return process != null;
    }

    /**
     * Ends the process at once.
     *
     * @param told whether the server hears of it
     */
    void kill(boolean told) {
        SimulatedProcess killed = process;
        if (killed == null) {
            return;
        }
        world.trace(() -> name + " is killed");
        killed.kill();
        process = null;
        session = null;
        ledger.killed(disk);
        SimulatedWire wire = network.last();
        if (wire != null) {
            if (!told) {
                wire.silence(wire.toServer());
            }
            wire.toServer().finish();
        }
    }

    /** Sends the next message, if there is a process. */
    void send(SimulatedDevice to, int padding) {
        ProtocolSession by = session;
        if (by == null) {
            return;
        }
        String text = name + "#" + to.name + "#" + next++;
        DeliveryLedger.Accepting accepting = ledger.sending(text);
        by.messages()
                .to(to.account)
                .body(text + " " + "x".repeat(padding))
                .send()
                .thenAccept(sent -> {
                    accepting.accepted(sent.id());
                    lastId = sent.id();
                });
    }

    /** The id of the last message that was accepted, or null if there is none. */
    @Nullable
    String lastId() {
        return lastId;
    }

    void hurry() {
        if (session != null) {
            session.reconnectNow();
        }
    }

    boolean isSettled() {
        return session != null
                && session.state() == ConnectionState.ONLINE
                && session.messages().pending().isEmpty();
    }
}
