package org.partyline.snippets;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.partyline.auth.credentials.Credentials;
import org.partyline.client.ChatClient;
import org.partyline.transport.tls.TlsConfig;

/** What is trusted, and what this side shows. */
final class Trust {
    private Trust() {}

    static ChatClient.Builder onlyOwnAuthority(ChatClient.Builder builder, X509Certificate ownAuthority) {
        // @start region="own"
        return builder.tls(TlsConfig.builder()
                .systemTrust(false) // leave this out to trust the platform's authorities too
                .trust(ownAuthority)
                .build());
        // @end
    }

    static ChatClient.Builder certificate(
            ChatClient.Builder builder, X509Certificate ownAuthority, PrivateKey key, List<X509Certificate> chain) {
        // @start region="certificate"
        return builder.credentials(Credentials.certificate())
                .tls(TlsConfig.builder()
                        .trust(ownAuthority)
                        .clientCertificate(key, chain)
                        .build());
        // @end
    }

    static ChatClient.Builder pinned(ChatClient.Builder builder, String key, String spareKey, Instant until) {
        // @start region="pinned"
        return builder.tls(TlsConfig.builder()
                .pins(Set.of(key, spareKey), until) // base64 of the SHA-256 of the SubjectPublicKeyInfo
                .build());
        // @end
    }
}
