/** Secrets and proofs: credentials, SASL mechanisms and licenses. No sockets, no threads. */
module org.partyline.auth {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires com.ongres.saslprep;
    requires com.ongres.stringprep;
    requires static org.bouncycastle.provider;
    requires static com.fasterxml.jackson.core;

    exports org.partyline.auth.credentials;
    exports org.partyline.auth.license;
    exports org.partyline.auth.license.issue;
    exports org.partyline.auth.license.token;
    exports org.partyline.auth.sasl;
}
