package org.partyline.testkit.internal.route;

import org.partyline.testkit.internal.account.Session;
import org.partyline.transport.xml.XmlElement;

/** Answers requests of one namespace, sent to the server or to the sender's own account. */
interface RequestHandler {

    /**
     * Answers by {@link Session#send}.
     *
     * @param session who asks
     * @param iq the whole stanza, with its sender
     * @param payload its one child
     */
    void answer(Session session, XmlElement iq, XmlElement payload);
}
