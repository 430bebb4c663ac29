package org.partyline.testkit.internal.stream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.account.StreamManagement;
import org.partyline.testkit.internal.account.Wire;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.fault.FaultPlan.Resumption;
import org.partyline.testkit.internal.fault.FaultStage;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StreamError;
import org.partyline.transport.xml.XmlElement;

/** The elements of stream management on one stream (XEP-0198). */
final class ManagementDialog {
    private static final long MODULUS = 1L << 32;

    private final ClientStream stream;
    private final StreamHub hub;
    private boolean owesCount;

    ManagementDialog(ClientStream stream, StreamHub hub) {
        this.stream = stream;
        this.hub = hub;
    }

    void received(XmlElement element) {
        Account account = stream.account();
        if (!hub.settings().streamManagement() || account == null) {
            stream.fail(StreamError.of("unsupported-stanza-type"));
            return;
        }
        switch (element.name()) {
            case "enable" -> enable(element);
            case "resume" -> resume(account, element);
            case "r" -> answerCount();
            case "a" -> takeCount(element);
            default -> stream.fail(StreamError.of("unsupported-stanza-type"));
        }
    }

    private void enable(XmlElement element) {
        Session session = stream.session();
        stream.write(session == null ? failed("unexpected-request", null) : enable(session, element));
    }

    /** {@return what answers the wish of a session to be managed} */
    XmlElement enable(Session session, XmlElement element) {
        if (session.management() != null) {
            return failed("unexpected-request", null);
        }
        String resume = element.attribute("resume");
        boolean resumable = "true".equals(resume) || "1".equals(resume);
        StreamManagement management = new StreamManagement(
                StreamHub.newId(), resumable, hub.settings().unacknowledged());
        session.management(management, () -> hub.end(session));
        XmlElement.Builder enabled = XmlElement.builder(Ns.SM, "enabled");
        if (resumable) {
            hub.resumptions().add(management, session);
            enabled.attribute("id", management.id())
                    .attribute("resume", "true")
                    .attribute(
                            "max",
                            Long.toString(hub.settings().resumptionTimeout().toSeconds()));
        }
        return enabled.build();
    }

    private void resume(Account account, XmlElement element) {
        if (stream.session() != null) {
            stream.write(failed("unexpected-request", null));
            return;
        }
        XmlElement answer = tryToResume(account, element);
        if (answer != null) {
            stream.write(answer);
            redeliver();
        }
    }

    /**
     * Tries to resume a session: the stream has it afterwards, if it could be.
     *
     * @return what answers the client, or null if the stream ended over it
     */
    @Nullable
    XmlElement tryToResume(Account account, XmlElement element) {
        if (stream.endsAt(FaultStage.RESUME)) {
            return null;
        }
        String id = element.attribute("previd");
        Session session = hub.resumptions().find(id, account);
        if (session != null && isRefused()) {
            boolean told = stream.faults().any(plan -> plan.resumption() == Resumption.REFUSED_WITH_COUNT);
            Long handled = told ? Objects.requireNonNull(session.management()).handledCount() : null;
            Wire before = session.wire();
            hub.end(session);
            if (before != null) {
                before.hangUp();
            }
            return failed("item-not-found", handled);
        }
        if (session == null) {
            return failed("item-not-found", hub.resumptions().handledBy(id, account));
        }
        return resume(session, Objects.requireNonNull(session.management()), element);
    }

    private boolean isRefused() {
        return stream.faults().any(plan -> plan.resumption() != Resumption.ALLOWED);
    }

    private @Nullable XmlElement resume(Session session, StreamManagement management, XmlElement element) {
        if (!acknowledge(management, element)) {
            return null;
        }
        Wire before = session.wire();
        if (hub.resumptions().wake(management)) {
            hub.statistics().sessionWakes();
        }
        stream.session(session);
        session.wire(stream);
        if (before != null) {
            before.hangUp();
        }
        hub.statistics().sessionResumed();
        management.forgetRequest();
        return XmlElement.builder(Ns.SM, "resumed")
                .attribute("previd", management.id())
                .attribute("h", told(management))
                .build();
    }

    /** Sends again what the client of a session that was just resumed may not have. */
    void redeliver() {
        Session session = stream.session();
        StreamManagement management = session == null ? null : session.management();
        if (session != null && management != null) {
            management.unacknowledged(session.account().address().domain()).forEach(stream::write);
            // What a client said about being looked at does not outlive the connection (XEP-0352 section 5).
            session.inactive(false);
        }
    }

    private XmlElement failed(String condition, @Nullable Long handled) {
        return XmlElement.builder(Ns.SM, "failed")
                .attribute("h", handled == null ? null : Long.toString(offset(handled)))
                .child(XmlElement.of(Ns.STANZA_ERRORS, condition))
                .build();
    }

    private String told(StreamManagement management) {
        return Long.toString(offset(management.handledCount()));
    }

    private long offset(long count) {
        return Math.floorMod(count + stream.faults().counterOffset(), MODULUS);
    }

    private void answerCount() {
        if (stream.faults().any(FaultPlan::acksHeld)) {
            owesCount = true;
        } else {
            tellCount();
        }
    }

    void tellHeldCount() {
        if (owesCount) {
            answerCount();
        }
    }

    /** Tells the client how many of its stanzas were handled. */
    private void tellCount() {
        owesCount = false;
        Session session = stream.session();
        StreamManagement management = session == null ? null : session.management();
        if (management != null) {
            XmlElement count = XmlElement.builder(Ns.SM, "a")
                    .attribute("h", told(management))
                    .build();
            stream.write(count);
            if (stream.faults().any(FaultPlan::acksDoubled)) {
                stream.write(count);
            }
        }
    }

    private void takeCount(XmlElement element) {
        Session session = stream.session();
        StreamManagement management = session == null ? null : session.management();
        if (management != null) {
            acknowledge(management, element);
        }
    }

    private boolean acknowledge(StreamManagement management, XmlElement element) {
        long count = count(element.attribute("h"));
        if (count < 0) {
            stream.fail(StreamError.of("invalid-xml", "A count is missing"));
            return false;
        }
        if (!management.acknowledge(count)) {
            stream.fail(new StreamError(
                    "undefined-condition",
                    "Client acknowledged more stanzas than sent by server",
                    null,
                    XmlElement.builder(Ns.SM, "handled-count-too-high")
                            .attribute("h", Long.toString(count))
                            .attribute("send-count", Long.toString(management.sentCount()))
                            .build()));
            return false;
        }
        return true;
    }

    private static long count(@Nullable String text) {
        if (text == null) {
            return -1;
        }
        try {
            long count = Long.parseLong(text);
            return count < MODULUS ? count : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    void handled(Session session) {
        StreamManagement management = session.management();
        if (management != null) {
            management.handled();
        }
    }

    void askForCount(@Nullable Session session) {
        StreamManagement management = session == null ? null : session.management();
        if (management != null && management.takeRequest()) {
            stream.write(XmlElement.of(Ns.SM, "r"));
        }
    }
}
