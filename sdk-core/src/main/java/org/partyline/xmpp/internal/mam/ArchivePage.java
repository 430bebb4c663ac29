package org.partyline.xmpp.internal.mam;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/**
 * A page of an archive.
 *
 * @param results what is on it, in the archive's order
 * @param last the archive's id of the last of them, or null if the page is empty
 * @param complete whether nothing follows in the direction of the query
 */
record ArchivePage(List<Result> results, @Nullable String last, boolean complete) {

    /**
     * One archived message.
     *
     * @param id the archive's id of it
     * @param message the message, with the archive's time in it where it bore none
     */
    record Result(String id, XmlElement message) {}
}
