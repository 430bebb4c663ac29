package org.partyline.testkit.internal.tls;

import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** Reads the XMPP addresses that a client's certificate names (XEP-0178 section 2). */
public final class ClientNames {
    private ClientNames() {}

    /**
     * {@return the addresses in the certificate's {@code xmppAddr} names}
     *
     * @param certificate a certificate that the handshake has verified
     * @throws CertificateParsingException if its extensions cannot be read
     */
    public static List<String> of(X509Certificate certificate) throws CertificateParsingException {
        List<String> addresses = new ArrayList<>();
        byte[] extension = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
        if (extension == null) {
            return addresses;
        }
        try {
            for (GeneralName name : GeneralNames.getInstance(JcaX509ExtensionUtils.parseExtensionValue(extension))
                    .getNames()) {
                if (name.getTagNo() == GeneralName.otherName) {
                    addTo(addresses, ASN1Sequence.getInstance(name.getName()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new CertificateParsingException("alternative names cannot be read", e);
        }
        return addresses;
    }

    private static void addTo(List<String> addresses, ASN1Sequence otherName) {
        if (otherName.size() == 2 && Authority.XMPP_ADDRESS.equals(otherName.getObjectAt(0))) {
            ASN1Primitive value = ASN1TaggedObject.getInstance(otherName.getObjectAt(1))
                    .getExplicitBaseObject()
                    .toASN1Primitive();
            addresses.add(ASN1UTF8String.getInstance(value).getString());
        }
    }
}
