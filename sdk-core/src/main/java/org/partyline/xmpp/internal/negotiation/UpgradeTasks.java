package org.partyline.xmpp.internal.negotiation;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/**
 * The tasks that a server may set between proof and success (XEP-0388 section 2.6.3). Those that this side asked for, by
 * which the server comes to offer a stronger SCRAM (XEP-0480), and no others.
 */
final class UpgradeTasks {
    private static final String NS = "urn:xmpp:scram-upgrade:0";
    private static final int MAX_TASKS = 3;

    private final Negotiation negotiation;
    private final SaslRun run;
    private @Nullable String current;
    private int done;

    UpgradeTasks(Negotiation negotiation, SaslRun run) {
        this.negotiation = negotiation;
        this.run = run;
    }

    /** Begins the task that the server sets. Its proof has been checked. */
    void next(XmlElement proceed, List<String> asked) {
        XmlElement tasks = proceed.child(Sasl2Offer.NS, "tasks");
        List<String> offered = tasks == null ? List.of() : Sasl2Offer.texts(tasks, Sasl2Offer.NS, "task");
        String task = offered.stream().filter(asked::contains).findFirst().orElse(null);
        if (task == null || ++done > MAX_TASKS) {
            run.fail("unsupported-task", "the server asks for a further step that this side does not know", null);
            return;
        }
        current = task;
        negotiation.send(XmlElement.builder(Sasl2Offer.NS, "next")
                .attribute("task", task)
                .build());
    }

    /** Answers the terms of the task with the salted password, which a worker computes. */
    void data(XmlElement data) {
        XmlElement salt = data.child(NS, "salt");
        String task = current;
        if (task == null || salt == null) {
            negotiation.unexpected(data);
            return;
        }
        current = null;
        run.work(() -> {
            byte[] salted = negotiation
                    .settings()
                    .mechanisms()
                    .saltedPassword(task, salt.text().strip(), salt.attribute("iterations"), run::isStopped);
            String encoded = Base64.getEncoder().encodeToString(salted);
            Arrays.fill(salted, (byte) 0);
            return () -> negotiation.send(XmlElement.builder(Sasl2Offer.NS, "task-data")
                    .child(XmlElement.builder(NS, "hash").text(encoded).build())
                    .build());
        });
    }
}
