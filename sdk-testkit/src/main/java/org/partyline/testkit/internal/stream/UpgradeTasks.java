package org.partyline.testkit.internal.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Domain;
import org.partyline.testkit.internal.sasl.SaslFailure;
import org.partyline.testkit.internal.sasl.ScramHash;
import org.partyline.testkit.internal.sasl.ScramKeys;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.transport.xml.XmlElement;

/** Has clients make the keys of their password that the server does not have (XEP-0480). */
final class UpgradeTasks {
    private static final String PREFIX = "UPGR-";

    private final List<ScramHash> offered;
    private final int iterations;
    private final Deque<ScramHash> waiting = new ArrayDeque<>();
    private byte @Nullable [] salt;

    UpgradeTasks(SignIn signIn, boolean offers) {
        this.offered = offers ? signIn.missing() : List.of();
        this.iterations = signIn.domain().iterations();
    }

    /** Adds to the stream feature what can be asked for. */
    void addTo(XmlElement.Builder feature) {
        offered.forEach(hash -> feature.child(
                XmlElement.builder(Ns.UPGRADE, "upgrade").text(name(hash)).build()));
    }

    /** Takes what a client asks for; whatever is not offered is left aside, as is all where no password was used. */
    void ask(Sasl2Request request) {
        waiting.clear();
        salt = null;
        if (request.token() != null) {
            return;
        }
        for (ScramHash hash : offered) {
            boolean wanted = request.element().children().stream()
                    .anyMatch(each ->
                            each.is(Ns.UPGRADE, "upgrade") && each.text().equals(name(hash)));
            if (wanted) {
                waiting.add(hash);
            }
        }
    }

    /** {@return the name of the task that is next, or null if all is done} */
    @Nullable
    String next() {
        ScramHash hash = waiting.peek();
        return hash == null ? null : name(hash);
    }

    /** {@return what the client needs for the task that it begins} */
    XmlElement begin(@Nullable String task) throws SaslFailure {
        if (salt != null || task == null || !task.equals(next())) {
            throw new SaslFailure("malformed-request");
        }
        byte[] made = Domain.newSalt();
        salt = made;
        return XmlElement.builder(Ns.SASL2, "task-data")
                .child(XmlElement.builder(Ns.SCRAM_UPGRADE, "salt")
                        .attribute("iterations", Integer.toString(iterations))
                        .text(SignIn.encoded(made))
                        .build())
                .build();
    }

    /** Keeps the keys that the client made. */
    void finish(Account account, XmlElement data) throws SaslFailure {
        byte[] used = salt;
        XmlElement hash = data.child(Ns.SCRAM_UPGRADE, "hash");
        if (used == null || hash == null) {
            throw new SaslFailure("malformed-request");
        }
        byte[] salted = SignIn.decoded(hash.text().strip());
        ScramHash by = Objects.requireNonNull(waiting.peek());
        if (salted.length != by.bytes()) {
            throw new SaslFailure("malformed-request");
        }
        account.upgrades().put(by, ScramKeys.of(by, used, iterations, salted));
        waiting.remove();
        salt = null;
    }

    private static String name(ScramHash hash) {
        return PREFIX + hash.mechanism();
    }
}
