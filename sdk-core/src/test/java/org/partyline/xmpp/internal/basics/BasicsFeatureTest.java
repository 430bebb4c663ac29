package org.partyline.xmpp.internal.basics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.address.Jid;
import org.partyline.xmpp.discovery.SoftwareVersion;
import org.partyline.xmpp.internal.stanza.FakeSession;
import org.partyline.xmpp.internal.stanza.Xml;

class BasicsFeatureTest {
    private final FakeSession session = new FakeSession();
    private final BasicsFeature basics = new BasicsFeature(session);

    @ParameterizedTest
    @DisplayName("What others say of their software: at the limit, one more, ten times as much")
    @CsvSource({"256, 256", "257, 256", "2560, 256"})
    void versionTexts_areCut(int length, int kept) {
        var asked = basics.softwareVersion(Jid.parse("romeo@montague.example/orchard"));
        StringBuilder answer = new StringBuilder("<query xmlns='jabber:iq:version'>");
        Map.of("name", "n", "version", "v", "os", "o")
                .forEach((name, letter) -> answer.append('<')
                        .append(name)
                        .append('>')
                        .append(letter.repeat(length))
                        .append("</")
                        .append(name)
                        .append('>'));
        session.lastQuery().result(Xml.parse(answer + "</query>"));
        assertEquals(new SoftwareVersion("n".repeat(kept), "v".repeat(kept), "o".repeat(kept)), asked.join());
    }
}
