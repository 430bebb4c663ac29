package org.partyline.xmpp.internal.mam;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.partyline.archive.ArchiveQuery;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.ArchiveReader.Entry;
import org.partyline.xmpp.internal.stanza.Delay;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** Queries and results as they stand on the wire (XEP-0313, XEP-0059). */
final class ArchiveStanzas {
    static final String ARCHIVE = "urn:xmpp:mam:2";
    static final String EXTENDED = "urn:xmpp:mam:2#extended";
    private static final String RESULT_SETS = "http://jabber.org/protocol/rsm";
    private static final String FORMS = "jabber:x:data";
    private static final String FORWARD = "urn:xmpp:forward:0";
    /** As ids of stanzas are bounded. */
    private static final int MAX_ID = 1_023;
    /** Digits of a count that is read; so it cannot overflow. */
    private static final int MAX_DIGITS = 18;

    private ArchiveStanzas() {}

    /**
     * {@return the query}
     *
     * @param query what is asked for
     * @param id what its results are told by
     * @throws IllegalArgumentException if an id cannot be written
     */
    static XmlElement query(ArchiveQuery query, String id) {
        return XmlElement.builder(ARCHIVE, "query")
                .attribute("queryid", id)
                .child(form(query))
                .child(set(query))
                .build();
    }

    private static @Nullable XmlElement form(ArchiveQuery query) {
        XmlElement.Builder form = XmlElement.builder(FORMS, "x")
                .attribute("type", "submit")
                .child(XmlElement.builder(FORMS, "field")
                        .attribute("var", "FORM_TYPE")
                        .attribute("type", "hidden")
                        .textChild("value", ARCHIVE)
                        .build())
                .child(field("with", query.peer() == null ? null : query.peer().toString()))
                .child(field("start", time(query.since(), 0)))
                // A message of the same millisecond is not later.
                .child(field(
                        "end",
                        time(query.until(), ChronoUnit.MILLIS.getDuration().toNanos() - 1)));
        if (needsExtended(query)) {
            form.child(query.backwards() ? field("after-id", query.afterId()) : field("before-id", query.beforeId()));
        }
        XmlElement made = form.build();
        return made.nodeCount() == 1 ? null : made;
    }

    private static @Nullable XmlElement field(String name, @Nullable String value) {
        return value == null
                ? null
                : XmlElement.builder(FORMS, "field")
                        .attribute("var", name)
                        .textChild("value", value)
                        .build();
    }

    private static @Nullable String time(@Nullable Instant time, long more) {
        return time == null
                ? null
                : time.plusNanos(more).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /**
     * {@return whether a bound is asked for on the side that the page is not taken from} The other one is the page's own, and that
     * all archives have (XEP-0313 section 9); both together they need not understand.
     *
     * @param query what is asked for
     */
    static boolean needsExtended(ArchiveQuery query) {
        return (query.backwards() ? query.afterId() : query.beforeId()) != null;
    }

    private static XmlElement set(ArchiveQuery query) {
        XmlElement.Builder set =
                XmlElement.builder(RESULT_SETS, "set").textChild("max", Integer.toString(query.pageSize()));
        if (query.backwards()) {
            // Empty, it asks for the last page (section 4.3.3).
            set.textChild("before", query.beforeId() == null ? "" : query.beforeId());
        } else {
            set.textChild("after", query.afterId());
        }
        return set.build();
    }

    /** {@return a result, or null if it has no usable id} */
    static @Nullable Entry entry(XmlElement result) {
        String id = id(result.attribute("id"));
        if (id == null) {
            return null;
        }
        XmlElement forwarded = result.child(FORWARD, "forwarded");
        XmlElement delay = forwarded == null ? null : forwarded.child(Delay.NAMESPACE, "delay");
        return new Entry(
                id,
                delay == null ? null : Delay.read(delay),
                forwarded == null ? null : forwarded.child(Stanzas.CLIENT, "message"));
    }

    /** {@return the id at one end of a page, or null if there is none that is usable} */
    static @Nullable String end(XmlElement fin, String name) {
        XmlElement set = fin.child(RESULT_SETS, "set");
        return set == null ? null : id(set.childText(name));
    }

    private static @Nullable String id(@Nullable String id) {
        return id == null || id.isEmpty() || id.length() > MAX_ID ? null : id;
    }

    static OptionalLong total(XmlElement fin) {
        XmlElement set = fin.child(RESULT_SETS, "set");
        String count = set == null ? null : set.childText("count");
        return count == null
                        || count.isEmpty()
                        || count.length() > MAX_DIGITS
                        || !count.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(count));
    }

    /** {@return whether an attribute says so, in either of its spellings} */
    static boolean is(XmlElement fin, String attribute, boolean otherwise) {
        String value = fin.attribute(attribute);
        return value == null ? otherwise : value.equals("true") || value.equals("1");
    }
}
