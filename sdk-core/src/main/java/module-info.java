/** Partyline: an embeddable instant-messaging client. */
module org.partyline.core {
    requires static transitive org.jspecify;
    requires transitive org.partyline.auth;
    requires transitive org.partyline.transport;
    requires org.slf4j;
    requires rocks.xmpp.precis;

    exports org.partyline.address;
    exports org.partyline.client;
    exports org.partyline.error;
    exports org.partyline.message;
    exports org.partyline.presence;
    exports org.partyline.privacy;
    exports org.partyline.roster;
    exports org.partyline.session;
    exports org.partyline.spi;
    exports org.partyline.stream;
    exports org.partyline.xmpp;
    exports org.partyline.xmpp.discovery;
}
