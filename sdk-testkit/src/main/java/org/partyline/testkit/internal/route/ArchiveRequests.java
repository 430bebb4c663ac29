package org.partyline.testkit.internal.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Account;
import org.partyline.testkit.internal.account.Archive;
import org.partyline.testkit.internal.account.Session;
import org.partyline.testkit.internal.fault.FaultPlan;
import org.partyline.testkit.internal.fault.PageFaults.Spoiling;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.testkit.internal.xmpp.Stanzas;
import org.partyline.transport.xml.XmlElement;

/** Answers queries of an account's own archive (XEP-0313), and spoils the answers where that is ordered. */
final class ArchiveRequests implements RequestHandler {
    private static final List<String> SINGLE_FIELDS = List.of("start", "end", "before-id", "after-id");

    private final Archives archives;
    private final FaultPlan forAll;
    private final int most;
    /** The page that each account was given last, to be given again. */
    private final Map<Account, ArchivePage> last = new WeakHashMap<>();

    /**
     * @param archives counts
     * @param forAll faults of all accounts
     * @param most results of a page
     */
    ArchiveRequests(Archives archives, FaultPlan forAll, int most) {
        this.archives = archives;
        this.forAll = forAll;
        this.most = most;
    }

    @Override
    public void answer(Session session, XmlElement iq, XmlElement payload) {
        boolean get = Stanzas.type(iq).equals("get");
        if (payload.name().equals("query") && !get) {
            archives.queried();
            page(session, iq, payload);
        } else if (payload.name().equals("query")) {
            session.send(Stanzas.result(iq, form()));
        } else if (payload.name().equals("metadata") && get) {
            session.send(Stanzas.result(iq, metadata(session.account().archive())));
        } else {
            session.send(Stanzas.error(iq, StanzaCondition.FEATURE_NOT_IMPLEMENTED));
        }
    }

    private void page(Session session, XmlElement iq, XmlElement query) {
        if (session.isEnded()) {
            return;
        }
        Runnable again = () -> page(session, iq, query);
        Account account = session.account();
        if (forAll.pages().holds(again) || account.faults().pages().holds(again)) {
            return;
        }
        StanzaCondition refusal = either(
                forAll.pages().takeRefusal(), () -> account.faults().pages().takeRefusal());
        if (refusal != null) {
            session.send(Stanzas.error(iq, refusal));
            return;
        }
        Spoiling spoiling = either(
                forAll.pages().takeSpoiling(), () -> account.faults().pages().takeSpoiling());
        try {
            ArchivePage page = ArchivePage.of(account, ArchiveWish.read(query, most));
            ArchivePage repeated = last.getOrDefault(account, page);
            last.put(account, page);
            send(session, iq, query, spoiling == Spoiling.REPEATED ? repeated : page, spoiling);
        } catch (ArchiveWish.Refused e) {
            session.send(Stanzas.error(iq, e.condition()));
        }
    }

    private static <T> @Nullable T either(@Nullable T one, Supplier<@Nullable T> other) {
        return one != null ? one : other.get();
    }

    private static void send(
            Session session, XmlElement iq, XmlElement query, ArchivePage page, @Nullable Spoiling spoiling) {
        if (spoiling == Spoiling.EMPTY) {
            session.send(Stanzas.result(iq, fin(new ArchivePage(List.of(), 0, page.count(), false))));
            return;
        }
        List<Archive.Entry> entries = new ArrayList<>(page.entries());
        // A page is turned over as a whole: what it holds stays the same (section 4.3.4).
        if (query.child("flip-page") != null ^ spoiling == Spoiling.REORDERED) {
            Collections.reverse(entries);
        }
        entries.forEach(entry -> session.send(result(session, query.attribute("queryid"), entry)));
        session.send(Stanzas.result(iq, fin(page)));
    }

    private static XmlElement result(Session session, @Nullable String query, Archive.Entry entry) {
        String account = session.account().address().toString();
        return XmlElement.builder(Ns.CLIENT, "message")
                .attribute("from", account)
                .attribute("to", session.address().toString())
                .child(XmlElement.builder(Ns.ARCHIVE, "result")
                        .attribute("queryid", query)
                        .attribute("id", entry.id())
                        .child(XmlElement.builder(Ns.FORWARD, "forwarded")
                                .child(Stanzas.delay(account, entry.stamp()))
                                .child(entry.message())
                                .build())
                        .build())
                .build();
    }

    private static XmlElement fin(ArchivePage page) {
        XmlElement.Builder set = XmlElement.builder(Ns.RESULT_SETS, "set");
        if (!page.entries().isEmpty()) {
            set.child(XmlElement.builder(Ns.RESULT_SETS, "first")
                            .attribute("index", Integer.toString(page.index()))
                            .text(page.entries().get(0).id())
                            .build())
                    .textChild(
                            "last",
                            page.entries().get(page.entries().size() - 1).id());
        }
        return XmlElement.builder(Ns.ARCHIVE, "fin")
                .attribute("complete", page.complete() ? "true" : null)
                .child(set.textChild("count", Integer.toString(page.count())).build())
                .build();
    }

    private static XmlElement metadata(Archive archive) {
        return XmlElement.builder(Ns.ARCHIVE, "metadata")
                .child(end("start", archive.first()))
                .child(end("end", archive.last()))
                .build();
    }

    private static @Nullable XmlElement end(String name, Archive.@Nullable Entry entry) {
        return entry == null
                ? null
                : XmlElement.builder(Ns.ARCHIVE, name)
                        .attribute("id", entry.id())
                        .attribute("timestamp", entry.stamp().toString())
                        .build();
    }

    private static XmlElement form() {
        XmlElement.Builder form = XmlElement.builder(Ns.FORMS, "x")
                .attribute("type", "form")
                .child(XmlElement.builder(Ns.FORMS, "field")
                        .attribute("type", "hidden")
                        .attribute("var", "FORM_TYPE")
                        .textChild("value", Ns.ARCHIVE)
                        .build())
                .child(field("jid-single", "with"));
        SINGLE_FIELDS.forEach(name -> form.child(field("text-single", name)));
        return XmlElement.builder(Ns.ARCHIVE, "query")
                .child(form.child(field("list-multi", "ids")).build())
                .build();
    }

    private static XmlElement field(String type, String name) {
        XmlElement.Builder field =
                XmlElement.builder(Ns.FORMS, "field").attribute("type", type).attribute("var", name);
        if (type.equals("list-multi")) {
            // Any id, and not one of a list (section 4.1.5, XEP-0122).
            field.child(XmlElement.builder(Ns.VALIDATION, "validate")
                    .attribute("datatype", "xs:string")
                    .child(XmlElement.of(Ns.VALIDATION, "open"))
                    .build());
        }
        return field.build();
    }
}
