package org.partyline.xmpp.internal.mam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/**
 * What is asked of an archive: a page behind an id or from a time on, or the very last message.
 *
 * @param after the archive's id behind which the page begins, or null
 * @param start the time from which on messages count, or null
 * @param newest whether the page is the last one of the archive
 * @param max how many messages at most
 */
record ArchiveRequest(@Nullable String after, @Nullable Instant start, boolean newest, int max) {
    static final String ARCHIVE = "urn:xmpp:mam:2";
    static final String FORM = "jabber:x:data";
    static final String PAGING = "http://jabber.org/protocol/rsm";

    static ArchiveRequest ofNewest() {
        return new ArchiveRequest(null, null, true, 1);
    }

    /** {@return the query (XEP-0313 section 4, XEP-0059 section 2)} */
    XmlElement toXml(String queryId) {
        XmlElement.Builder query = XmlElement.builder(ARCHIVE, "query").attribute("queryid", queryId);
        if (start != null) {
            query.child(XmlElement.builder(FORM, "x")
                    .attribute("type", "submit")
                    .child(field("FORM_TYPE", "hidden", ARCHIVE))
                    .child(field("start", null, start.toString()))
                    .build());
        }
        XmlElement.Builder paging = XmlElement.builder(PAGING, "set").textChild("max", Integer.toString(max));
        if (newest) {
            paging.child(XmlElement.of(PAGING, "before"));
        } else if (after != null) {
            paging.textChild("after", after);
        }
        return query.child(paging.build()).build();
    }

    private static XmlElement field(String name, @Nullable String type, String value) {
        return XmlElement.builder(FORM, "field")
                .attribute("var", name)
                .attribute("type", type)
                .textChild("value", value)
                .build();
    }
}
