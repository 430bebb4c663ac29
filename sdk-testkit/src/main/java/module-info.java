/** An instant-messaging network in the same process, for tests and demos. */
module org.partyline.testkit {
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;
    requires transitive org.partyline.transport;
    requires org.partyline.auth;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.slf4j;

    exports org.partyline.testkit;
}
