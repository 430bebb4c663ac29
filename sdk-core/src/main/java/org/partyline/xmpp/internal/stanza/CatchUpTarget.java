package org.partyline.xmpp.internal.stanza;

import org.jspecify.annotations.Nullable;
import org.partyline.transport.xml.XmlElement;

/** What an archive is read for: the messages of this client, both ways. Called on the loop. */
public interface CatchUpTarget {

    /**
     * {@return where the archive was known to when the first of those messages was sent of which nobody knows whether the server
     * has them, or null if there is none}
     */
    @Nullable
    ArchiveMarker firstInDoubt();

    /** What arrives waits, from now on, over the end of a session too. */
    void hold();

    /**
     * A message of the archive, in its order.
     *
     * @param archiveId the archive's id of it
     * @param message the message
     * @return whether it was news, and the application was given it
     */
    boolean archived(String archiveId, XmlElement message);

    /** What waited is handed on, and what arrives from now on too. */
    void release();
}
