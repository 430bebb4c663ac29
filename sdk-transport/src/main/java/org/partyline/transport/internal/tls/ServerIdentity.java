package org.partyline.transport.internal.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.partyline.transport.internal.dns.DomainName;

/**
 * Checks that a certificate belongs to a service, by RFC 9525 and RFC 6120 section 13.7.2: only subjectAltName counts;
 * DNS-ID, SRV-ID and XmppAddr name a domain, iPAddress an address literal; a wildcard stands for the whole left-most
 * label, with at least two labels after it.
 */
final class ServerIdentity {
    private static final List<String> SERVICES = List.of("_xmpp-client.", "_xmpps-client.");

    private ServerIdentity() {}

    static boolean matches(X509Certificate certificate, DomainName expected) throws CertificateParsingException {
        PresentedNames names = PresentedNames.of(certificate);
        InetAddress literal = expected.literal();
        if (literal != null) {
            return names.addresses().stream().anyMatch(presented -> isAddress(presented, literal));
        }
        String domain = expected.ascii();
        return names.dns().stream().anyMatch(presented -> matchesDns(presented, domain))
                || names.srv().stream().anyMatch(presented -> matchesSrv(presented, domain))
                || names.xmpp().stream().anyMatch(presented -> matchesXmpp(presented, domain));
    }

    private static boolean isAddress(String presented, InetAddress expected) {
        try {
            return expected.equals(DomainName.of(presented).literal());
        } catch (IllegalArgumentException unparsable) {
            return false;
        }
    }

    private static boolean matchesDns(String presented, String domain) {
        String name = presented.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!name.startsWith("*.")) {
            return name.indexOf('*') < 0 && name.equals(domain);
        }
        String parent = name.substring(1);
        int firstDot = domain.indexOf('.');
        return parent.indexOf('*') < 0
                && parent.indexOf('.', 1) > 0
                && firstDot > 0
                && domain.substring(firstDot).equals(parent);
    }

    private static boolean matchesSrv(String presented, String domain) {
        String name = presented.toLowerCase(Locale.ROOT);
        return SERVICES.stream()
                .anyMatch(service -> name.startsWith(service) && matchesDns(name.substring(service.length()), domain));
    }

    private static boolean matchesXmpp(String presented, String domain) {
        try {
            DomainName name = DomainName.of(presented);
            return name.literal() == null && name.ascii().equals(domain);
        } catch (IllegalArgumentException notADomain) {
            return false;
        }
    }
}
