package org.partyline.xmpp.internal.mam;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.archive.ArchivePage;
import org.partyline.archive.ArchiveQuery;
import org.partyline.internal.events.EventSource;
import org.partyline.message.CatchUp;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.message.MessageFeature;
import org.partyline.xmpp.internal.stanza.ArchiveMarker;
import org.partyline.xmpp.internal.stanza.FakeRoutes;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Stanzas;
import org.partyline.xmpp.internal.stanza.Xml;

/** The feature, and an archive for it whose every word a test decides on. */
final class Archive {
    static final String FORWARDED = "<forwarded xmlns='urn:xmpp:forward:0'>"
            + "<delay xmlns='urn:xmpp:delay' stamp='2026-01-02T03:04:05.678Z'/>%s</forwarded>";

    final FakeSession session = new FakeSession();
    final FakeRoutes routes = new FakeRoutes(session);
    final List<Jid> discovered = new ArrayList<>();
    CompletableFuture<Set<String>> features =
            CompletableFuture.completedFuture(Set.of("urn:xmpp:mam:2", "urn:xmpp:mam:2#extended"));
    final MamFeature feature = new MamFeature(
            session,
            archive -> {
                discovered.add(archive);
                return features;
            },
            new MessageFeature(
                    session,
                    peer -> false,
                    peer -> false,
                    new MessageFeature.Archive(
                            () -> new ArchiveMarker(null, null, 0),
                            archiveId -> {},
                            new EventSource<CatchUp>(session.callbacks(), 1).stream()))::read);

    Archive() {
        feature.register(routes);
    }

    CompletableFuture<ArchivePage> ask(ArchiveQuery query) {
        CompletableFuture<ArchivePage> page = feature.page(query);
        if (!session.queries.isEmpty()) {
            routes.asked(session.lastQuery());
        }
        return page;
    }

    String queryId() {
        return Objects.requireNonNull(session.lastQuery().payload().attribute("queryid"));
    }

    /** Sends a result for the last query, from the account. */
    void result(@Nullable String id) {
        result("", queryId(), id == null ? "" : " id='" + id + "'", message("chat", "<body>body of " + id + "</body>"));
    }

    static String message(String type, String content) {
        return "<message xmlns='jabber:client' type='" + type + "' id='m' from='romeo@montague.example/orchard'"
                + " to='juliet@capulet.example'>" + content + "</message>";
    }

    void result(String from, String queryId, String idAttribute, String forwarded) {
        routes.message(Xml.parse("<message" + from + "><result xmlns='urn:xmpp:mam:2' queryid='" + queryId + "'"
                + idAttribute + ">" + FORWARDED.formatted(forwarded) + "</result></message>"));
    }

    /** The same without a parser in between, for many. */
    void plainResult(String id, String body) {
        routes.message(XmlElement.builder(Stanzas.CLIENT, "message")
                .child(XmlElement.builder("urn:xmpp:mam:2", "result")
                        .attribute("queryid", queryId())
                        .attribute("id", id)
                        .child(XmlElement.builder("urn:xmpp:forward:0", "forwarded")
                                .child(XmlElement.builder(Stanzas.CLIENT, "message")
                                        .textChild("body", body)
                                        .build())
                                .build())
                        .build())
                .build());
    }

    /** Answers the last query. */
    void answer(String payload) {
        session.lastQuery().result(payload.isEmpty() ? null : Xml.parse(payload));
    }

    void fin(String first, String last, boolean complete) {
        answer("<fin xmlns='urn:xmpp:mam:2'" + (complete ? " complete='true'" : "")
                + "><set xmlns='http://jabber.org/protocol/rsm'><first>" + first + "</first><last>" + last
                + "</last></set></fin>");
    }
}
