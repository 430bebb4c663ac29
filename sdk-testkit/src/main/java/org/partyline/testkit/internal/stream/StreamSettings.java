package org.partyline.testkit.internal.stream;

import java.time.Duration;
import org.partyline.transport.xml.XmlLimits;

/**
 * What holds for all streams of a network.
 *
 * @param signIn how clients may sign in
 * @param streamManagement whether XEP-0198 is offered
 * @param resumptionTimeout how long a session without a connection can be resumed
 * @param unacknowledged stanzas that may wait for a client's confirmation
 * @param stanzaBytes bytes of one stanza
 */
public record StreamSettings(
        SignInSettings signIn,
        boolean streamManagement,
        Duration resumptionTimeout,
        int unacknowledged,
        int stanzaBytes) {

    /** {@return the usual limits of the codec, but for the size of a stanza} */
    XmlLimits limits() {
        XmlLimits usual = XmlLimits.DEFAULT;
        return new XmlLimits(
                stanzaBytes,
                usual.preAuthBytes(),
                usual.outboundBytes(),
                usual.depth(),
                usual.attributes(),
                usual.namespaces(),
                usual.namespacesInScope(),
                usual.tagBytes(),
                usual.elements(),
                usual.nameLength(),
                usual.valueBytes());
    }
}
