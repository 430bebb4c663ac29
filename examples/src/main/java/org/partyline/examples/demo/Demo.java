package org.partyline.examples.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.partyline.message.SentMessage;
import org.partyline.presence.Presence;
import org.partyline.testkit.NetworkStatistics;
import org.partyline.testkit.TestAccount;
import org.partyline.testkit.TestNetwork;

/**
 * The play: two people sign in, become contacts, see each other's presence, talk, and one of them loses the connection in
 * the middle of it. Each act does one thing with the library, and then looks whether it came about.
 */
final class Demo {
    static final int ACTS = 6;

    private static final String[] MECHANISMS = {"SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1"};
    private static final String CAPULET = "capulet.example";
    private static final String MONTAGUE = "montague.example";
    private static final TestAccount JULIET = new TestAccount("juliet", CAPULET, "the balcony at night");
    private static final TestAccount ROMEO = new TestAccount("romeo", MONTAGUE, "by yonder blessed moon");

    private final TestNetwork network;
    private final Playbill playbill;
    private final Checks checks;
    private final Person juliet;
    private final Person romeo;
    private final int messages;
    private int sent;

    /**
     * Prepares the play.
     *
     * @param network the network, as {@link #network()} makes it
     * @param playbill prints what happens
     * @param patience how long each expectation has to come about
     * @param messages how many messages each side sends around the cut
     */
    Demo(TestNetwork network, Playbill playbill, Duration patience, int messages) {
        this.network = network;
        this.playbill = playbill;
        this.checks = new Checks(playbill, patience);
        this.messages = messages;
        this.juliet = new Person("Juliet", network.account(JULIET), network.directTlsEndpoint(), network.tlsConfig());
        this.romeo = new Person("Romeo", network.account(ROMEO), network.startTlsEndpoint(), network.tlsConfig());
    }

    /** {@return a network with two domains, where nobody can sign in but by SCRAM} */
    static TestNetwork network() {
        return TestNetwork.builder()
                .domain(CAPULET)
                .mechanisms(MECHANISMS)
                .anotherDomain(MONTAGUE, MECHANISMS)
                .start();
    }

    /** Plays all acts. */
    void play() throws StepFailedException, InterruptedException {
        try (juliet;
                romeo) {
            signIn();
            becomeContacts();
            seePresence();
            talk();
            loseAndRegainTheConnection();
            List<String> summary = summary();
            leave();
            playbill.finished(summary);
        }
    }

    private void signIn() throws StepFailedException, InterruptedException {
        playbill.act("Both sign in, over TLS, by SCRAM");
        playbill.tell("The network offers " + String.join(", ", MECHANISMS) + ", and nothing else.");

        CompletableFuture<Void> first = juliet.client().connect();
        CompletableFuture<Void> second = romeo.client().connect();

        checks.await("Juliet is online, over TLS from the first byte (XEP-0368)", first);
        checks.await("Romeo is online, over TCP made TLS by STARTTLS (RFC 6120)", second);
        playbill.tell("They are " + self(juliet) + " and " + self(romeo) + ".");
        NetworkStatistics counted = network.statistics();
        checks.same("sign-ins that the network counted", 2L, counted.signIns());
        checks.same("sign-ins that it refused", 0L, counted.failedSignIns());
        String clear = new String(network.clearTextReceived(), StandardCharsets.UTF_8);
        checks.same(
                "words of a sign-in that crossed the wire before TLS",
                0,
                clear.split("<auth|<response", -1).length - 1);
    }

    private static String self(Person person) {
        return person.client().self().map(Object::toString).orElse("nobody");
    }

    private void becomeContacts() throws StepFailedException, InterruptedException {
        playbill.act("They become contacts");
        CompletableFuture<Void> julietsList = juliet.contactOf(romeo);
        CompletableFuture<Void> romeosList = romeo.contactOf(juliet);
        // Both say yes to whoever asks; an application would ask its user.
        approveAll(juliet);
        approveAll(romeo);

        checks.quietly("Juliet's list has Romeo", juliet.client().roster().add(romeo.address(), "Romeo"));
        checks.quietly("Romeo's list has Juliet", romeo.client().roster().add(juliet.address(), "Juliet"));

        checks.await("on Juliet's list Romeo is a contact both ways", julietsList);
        checks.await("on Romeo's list Juliet is a contact both ways", romeosList);
        checks.same("contacts of Juliet", 1, juliet.client().roster().contacts().size());
        checks.same("contacts of Romeo", 1, romeo.client().roster().contacts().size());
    }

    private void approveAll(Person person) {
        person.client().presence().requests().subscribe(request -> {
            playbill.tell(person.name() + " lets " + request.from() + " see when " + person.address() + " is there.");
            person.client().presence().approve(request.from());
        });
    }

    private void seePresence() throws StepFailedException, InterruptedException {
        playbill.act("They see each other's presence change");
        checks.await("Juliet sees Romeo there", juliet.sees(romeo, Presence.available()));
        checks.await("Romeo sees Juliet there", romeo.sees(juliet, Presence.available()));

        Presence away = Presence.away("on the balcony");
        CompletableFuture<Void> seen = romeo.sees(juliet, away);
        checks.quietly(
                "Juliet announces that she is away", juliet.client().presence().publish(away));
        checks.await("Romeo sees Juliet away, \"on the balcony\"", seen);

        Presence busy = Presence.doNotDisturb("climbing a wall");
        seen = juliet.sees(romeo, busy);
        checks.quietly(
                "Romeo announces that he is busy", romeo.client().presence().publish(busy));
        checks.await("Juliet sees Romeo busy, \"climbing a wall\"", seen);
    }

    private void talk() throws StepFailedException, InterruptedException {
        playbill.act("They talk, with receipts");
        say(romeo, juliet, "But soft, what light through yonder window breaks?");
        say(juliet, romeo, "Art thou not Romeo, and a Montague?");
        say(romeo, juliet, "Neither, fair maid, if either thee dislike.");
        say(juliet, romeo, "How camest thou hither, tell me, and wherefore?");
        checks.same("messages that came in at Juliet's", 2, juliet.inbox().size());
        checks.same("messages that came in at Romeo's", 2, romeo.inbox().size());
    }

    private void say(Person from, Person to, String text) throws StepFailedException, InterruptedException {
        sent++;
        CompletableFuture<SentMessage> delivered = from.say(to, text).thenCompose(SentMessage::delivered);
        checks.quietly("a receipt for \"" + text + "\" from " + to.name(), delivered);
        // The receipt is the library's answer; the application hears of the message a moment later.
        checks.quietly("\"" + text + "\" at " + to.name() + "'s", to.inbox().heard(text));
        playbill.says(from.name(), text, "a device of " + to.name() + "'s has it");
    }

    private void loseAndRegainTheConnection() throws StepFailedException, InterruptedException {
        playbill.act("Juliet's connection is cut while both go on talking");
        int before = juliet.inbox().size();
        CompletableFuture<Void> noticed = juliet.hasLost(1);
        CompletableFuture<Void> back = juliet.wasOnline(2);
        List<CompletableFuture<SentMessage>> receipts = new ArrayList<>();

        int half = messages / 2;
        receipts.addAll(bothSay(1, half));
        playbill.tell("Both have sent numbers 1 to " + half + ".");
        network.faults(JULIET).cut();
        playbill.mishap("the network resets Juliet's connection");
        receipts.addAll(bothSay(half + 1, messages));
        playbill.tell("Both have sent numbers " + (half + 1) + " to " + messages + ", without waiting for anything.");

        checks.await("Juliet's client notices that the connection is lost", noticed);
        checks.await("it comes back by itself", back);
        checks.same("sessions resumed, by Juliet's count", 1L, juliet.returns(true));
        checks.same(
                "sessions resumed, by the network's count",
                1L,
                network.statistics().resumptions());
        awaitWithProgress("message %d of %d has a receipt", receipts);

        // Messages keep their order, so what was sent before, and what would come twice, has come when these have.
        say(juliet, romeo, "Good night, good night!");
        say(romeo, juliet, "Sleep dwell upon thine eyes.");
        compare("Romeo to Juliet", juliet.inbox().from(before));
        compare("Juliet to Romeo", romeo.inbox().from(before));
    }

    private List<CompletableFuture<SentMessage>> bothSay(int first, int last)
            throws StepFailedException, InterruptedException {
        List<CompletableFuture<SentMessage>> receipts = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            for (Person from : List.of(juliet, romeo)) {
                Person to = from == juliet ? romeo : juliet;
                SentMessage accepted = checks.quietly("room in the outbox", from.say(to, String.valueOf(i)));
                receipts.add(accepted.delivered());
                sent++;
            }
        }
        return receipts;
    }

    private void awaitWithProgress(String what, List<CompletableFuture<SentMessage>> receipts)
            throws StepFailedException, InterruptedException {
        int all = receipts.size();
        for (int i = 1; i <= all; i++) {
            checks.quietly(String.format(what, i, all), receipts.get(i - 1));
            if (i % Math.max(1, all / 4) == 0 && i < all) {
                playbill.tell("receipts: " + i + " of " + all);
            }
        }
        checks.same("receipts", all, (int) receipts.stream()
                .filter(receipt -> receipt.isDone() && !receipt.isCompletedExceptionally())
                .count());
    }

    /** Looks at the numbers that came in: each is there, once, in order, and then comes the farewell. */
    private void compare(String way, List<String> seen) throws StepFailedException {
        List<String> numbers = seen.subList(0, Math.max(0, seen.size() - 1));
        List<String> sent =
                IntStream.rangeClosed(1, messages).mapToObj(String::valueOf).toList();
        List<String> lost = new ArrayList<>(sent);
        lost.removeAll(numbers);
        checks.same(way + ", messages lost", List.of(), lost);
        checks.same(way + ", messages that came twice", 0, numbers.size() - new HashSet<>(numbers).size());
        if (!numbers.equals(sent)) {
            throw new StepFailedException(way + ", in the order 1 to " + messages, "it was " + numbers);
        }
        playbill.held(way + ", in the order in which they were sent: " + numbers.size() + " of " + messages);
    }

    private List<String> summary() {
        NetworkStatistics counted = network.statistics();
        int received = juliet.inbox().size() + romeo.inbox().size();
        return List.of(
                sent + " messages sent, each with a receipt; " + received + " received: each once, and in order",
                "Juliet's connection: lost " + juliet.losses() + " time, resumed " + juliet.returns(true)
                        + " time, begun anew " + (juliet.returns(false) - 1) + " times",
                "the network: " + counted.connectionsAccepted() + " connections, " + counted.signIns() + " sign-ins, "
                        + counted.resumptions() + " resumption, " + counted.stanzasReceived() + " stanzas received, "
                        + counted.stanzasSent() + " sent");
    }

    private void leave() throws StepFailedException, InterruptedException {
        playbill.act("Both leave");
        for (Person person : List.of(juliet, romeo)) {
            checks.quietly(person.name() + "'s outbox is empty", person.client().drain(Duration.ofSeconds(10)));
            checks.await(person.name() + "'s client has closed", person.client().closeAsync());
        }
        try {
            network.await(now -> now.sessionsOnline() == 0, Duration.ofSeconds(10));
        } catch (IllegalStateException e) {
            throw new StepFailedException("no session left on the network", String.valueOf(e.getMessage()));
        }
        checks.same("sessions left on the network", 0, network.statistics().sessionsOnline());
    }
}
