/**
 * Partyline: an embeddable instant-messaging client. {@link org.partyline.client.ChatClient} is where to start;
 * {@link org.partyline.client.BlockingClient} has calls that wait, {@link org.partyline.error.ImException} is the root of
 * what fails, and {@link org.partyline.xmpp.XmppAccess} speaks extensions that are not there.
 */
module org.partyline.core {
    requires static com.h2database.mvstore;
    requires static transitive org.jspecify;
    requires transitive org.partyline.auth;
    requires transitive org.partyline.transport;
    requires org.slf4j;
    requires rocks.xmpp.precis;

    exports org.partyline.address;
    exports org.partyline.archive;
    exports org.partyline.client;
    exports org.partyline.error;
    exports org.partyline.message;
    exports org.partyline.presence;
    exports org.partyline.privacy;
    exports org.partyline.roster;
    exports org.partyline.session;
    exports org.partyline.spi;
    exports org.partyline.store;
    exports org.partyline.store.file;
    exports org.partyline.stream;
    exports org.partyline.trace;
    exports org.partyline.xmpp;
    exports org.partyline.xmpp.discovery;
}
