package org.partyline.transport.internal.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The names in a certificate's subjectAltName extension that can identify an XMPP server. The subject's common name is
 * not among them (RFC 9525 section 2).
 *
 * @param dns DNS-IDs
 * @param srv SRV-IDs (RFC 4985): {@code _service.name}
 * @param xmpp XmppAddr values (RFC 6120 section 13.7.1.4)
 * @param addresses addresses, as the JDK writes them
 */
record PresentedNames(List<String> dns, List<String> srv, List<String> xmpp, List<String> addresses) {
    private static final int OTHER_NAME = 0;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    /** id-on-xmppAddr, 1.3.6.1.5.5.7.8.5. */
    private static final byte[] XMPP_ADDR = {0x2B, 6, 1, 5, 5, 7, 8, 5};
    /** id-on-dnsSRV, 1.3.6.1.5.5.7.8.7. */
    private static final byte[] DNS_SRV = {0x2B, 6, 1, 5, 5, 7, 8, 7};

    static PresentedNames of(X509Certificate certificate) throws CertificateParsingException {
        PresentedNames names =
                new PresentedNames(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                names.add((Integer) alternative.get(0), alternative.get(1));
            }
        }
        return names;
    }

    private void add(int type, Object value) {
        if (type == DNS_NAME) {
            dns.add((String) value);
        } else if (type == IP_ADDRESS) {
            addresses.add((String) value);
        } else if (type == OTHER_NAME && value instanceof byte[] der) {
            addOther(new DerReader(der));
        }
    }

    /** OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY } (RFC 5280 section 4.2.1.6). */
    private void addOther(DerReader outer) {
        DerReader name = outer.enter(DerReader.SEQUENCE);
        DerReader oid = name.enter(DerReader.OBJECT_IDENTIFIER);
        DerReader value = name.enter(DerReader.CONTEXT_0);
        if (value.startsWith(DerReader.CONTEXT_0)) {
            // JDK 17 writes the explicit tag twice when it encodes the name anew; JDK 25 does not.
            value = value.enter(DerReader.CONTEXT_0);
        }
        if (oid.contentEquals(XMPP_ADDR)) {
            addText(xmpp, value.enter(DerReader.UTF8_STRING));
        } else if (oid.contentEquals(DNS_SRV)) {
            addText(srv, value.enter(DerReader.IA5_STRING));
        }
    }

    private static void addText(List<String> names, DerReader text) {
        String value = text.text();
        if (value != null) {
            names.add(value);
        }
    }

    boolean isEmpty() {
        return dns.isEmpty() && srv.isEmpty() && xmpp.isEmpty() && addresses.isEmpty();
    }
}
