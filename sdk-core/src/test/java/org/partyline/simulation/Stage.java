package org.partyline.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.partyline.ledger.DeliveryLedger;
import org.partyline.message.DeliveryState;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Session;
import org.partyline.transport.xml.XmlElement;

/** Two accounts on three devices, the server between them, and what they were promised. */
final class Stage {
    static final Duration SETTLE = Duration.ofMinutes(20);
    private static final Duration QUIET = Duration.ofSeconds(60);

    private final World world;
    private final SimulatedServer server;
    private final boolean archives;
    private final Account bob;
    private final Session carol;
    private final List<String> carolsTexts = new ArrayList<>();
    private final List<SimulatedDevice> devices = new ArrayList<>();

    /** Hears of the moments at which a device could be killed. */
    interface CrashListener {
        void reached(SimulatedDevice device, String where);
    }

    /**
     * @param world where it is
     * @param resumption how long the server keeps sessions
     * @param archives whether it has archives
     * @param modern whether it takes the sign-in of one round trip
     * @param crashes hears of the crash points
     */
    Stage(World world, Duration resumption, boolean archives, boolean modern, CrashListener crashes) {
        this.world = world;
        this.archives = archives;
        this.server = new SimulatedServer(world, resumption, archives ? 50 : 0, modern);
        server.account("alice", "secret");
        bob = server.account("bob", "secret");
        carol = server.voice(server.account("carol", "secret"));
        for (String name : List.of("a1", "a2", "b1")) {
            String user = name.startsWith("a") ? "alice" : "bob";
            int number = devices.size();
            devices.add(new SimulatedDevice(world, server, user, name, where -> {
                // A device passes some while it is made.
                if (number < devices.size()) {
                    crashes.reached(devices.get(number), where);
                }
            }));
        }
    }

    /**
     * Somebody else sends a message to the account that has one device.
     *
     * @param id the id of it; who sends it gives it to no other
     */
    void sayToBob(String id) {
        String text = "carol#b1#" + carolsTexts.size();
        carolsTexts.add(text);
        server.say(
                carol,
                XmlElement.builder("jabber:client", "message")
                        .attribute("type", "chat")
                        .attribute("to", bob.address().toString())
                        .attribute("id", id)
                        .textChild("body", text)
                        .child(XmlElement.builder("urn:xmpp:sid:0", "origin-id")
                                .attribute("id", id)
                                .build())
                        .build());
    }

    SimulatedServer server() {
        return server;
    }

    List<SimulatedDevice> devices() {
        return devices;
    }

    /** The account that has one device. */
    Account bob() {
        return bob;
    }

    /** Kills a device, which begins again after a while. */
    void kill(SimulatedDevice device, boolean told, Duration until) {
        device.kill(told);
        world.schedule(until, device::start);
    }

    boolean isSettled() {
        return devices.stream().allMatch(SimulatedDevice::isSettled);
    }

    /** Lets everything come to rest; nothing is wrong any more. {@return whether it did} */
    boolean settle() {
        if (!world.runUntil(this::isSettled, SETTLE)) {
            return false;
        }
        // Nothing is to be said on a line that is dead and whose ends do not know it.
        world.run(QUIET);
        boolean settled = world.runUntil(this::isSettled, SETTLE);
        world.run(QUIET);
        return settled;
    }

    /**
     * {@return what must not be, once it has settled}
     *
     * @param archiveIsTrue whether the archive's pages were those that were asked for, in their order: nobody can tell others
     */
    List<String> violations(boolean archiveIsTrue) {
        List<String> violations = new ArrayList<>();
        for (SimulatedDevice device : devices) {
            DeliveryLedger ledger = device.ledger();
            ledger.accepted().forEach((text, state) -> {
                if (state == DeliveryState.REFUSED) {
                    violations.add("refused: " + text);
                }
                receivers(text).stream()
                        .filter(receiver -> !receiver.ledger().wasGiven(text))
                        .forEach(receiver -> violations.add("lost: " + text + " at " + receiver.name()));
            });
            ledger.unsettled().forEach(text -> violations.add("not settled: " + text));
            ledger.twice().forEach(text -> violations.add("twice: " + text));
            ledger.illegal().forEach(change -> violations.add("illegal: " + change));
            // What was kept without an archive comes behind what comes at once, and so does what an archive would not
            // tell: of that the application has heard.
            if (archives && archiveIsTrue && device.gaps().isEmpty()) {
                ledger.inversions().forEach(late -> violations.add("out of order: " + late));
            }
            device.problems().forEach(problem -> violations.add("problem: " + problem));
        }
        SimulatedDevice b1 = devices.get(2);
        carolsTexts.stream()
                .filter(text -> !b1.ledger().wasGiven(text))
                .forEach(text -> violations.add("lost: " + text + " at " + b1.name()));
        if (archives && archiveIsTrue && server.repeated() > 0) {
            violations.add("sent again though the archive had it: " + server.repeated());
        }
        server.errors().stream()
                .filter(error -> !error.contains("<conflict"))
                .forEach(error -> violations.add("the server had to end a stream: " + error));
        return violations;
    }

    /**
     * Who is to be given a message: all other devices of sender and receiver. Without archives, what an account's other device
     * sees while this one's session is over nobody keeps.
     */
    private List<SimulatedDevice> receivers(String text) {
        String from = text.substring(0, text.indexOf('#'));
        if (archives) {
            return devices.stream()
                    .filter(device -> !device.name().equals(from))
                    .toList();
        }
        return from.equals("b1") ? List.of() : devices.subList(2, 3);
    }
}
