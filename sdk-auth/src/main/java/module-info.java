/** Secrets and proofs: credentials and SASL mechanisms. No sockets, no threads. */
module org.partyline.auth {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires com.ongres.saslprep;
    requires com.ongres.stringprep;

    exports org.partyline.auth.credentials;
    exports org.partyline.auth.sasl;
}
