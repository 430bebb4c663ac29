package org.partyline.xmpp.internal.message;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.internal.delivery.Requests;
import org.partyline.message.ChatState;
import org.partyline.message.MessageType;
import org.partyline.message.OutgoingMessage;
import org.partyline.message.SentMessage;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** A message being written, and its stanza. */
final class OutgoingStanza implements OutgoingMessage {
    /** How long a message may wait to be written (L15). */
    static final Duration DEFAULT_PATIENCE = Duration.ofDays(7);

    private static final Duration MOST_PATIENCE = Duration.ofDays(365);
    private static final String ORIGIN_ID = "urn:xmpp:sid:0";
    private static final XmlElement REQUEST = XmlElement.of(MessageStanza.RECEIPTS, "request");
    private static final XmlElement MARKABLE = XmlElement.of(MessageStanza.MARKERS, "markable");
    private static final XmlElement ACTIVE =
            XmlElement.of(MessageStanza.CHAT_STATES, MessageStanza.name(ChatState.ACTIVE));

    private final Jid to;
    private final Function<OutgoingStanza, CompletableFuture<SentMessage>> sender;
    // Elements are made at once, so that what the wire cannot carry is refused where it is given.
    private @Nullable XmlElement body;
    /** Bodies in other than the default language, by language; hardly any message has one. */
    private Map<String, XmlElement> translations = Map.of();

    private @Nullable XmlElement subject;
    private MessageType type = MessageType.CHAT;
    private @Nullable XmlElement thread;
    private boolean receiptRequested;
    private boolean displayedRequested;
    private Duration patience = DEFAULT_PATIENCE;
    private boolean sent;

    OutgoingStanza(Jid to, Function<OutgoingStanza, CompletableFuture<SentMessage>> sender) {
        this.to = to;
        this.sender = sender;
    }

    Jid to() {
        return to;
    }

    Duration patience() {
        return patience;
    }

    Requests requests() {
        return new Requests(receiptRequested, displayedRequested);
    }

    @Override
    public OutgoingMessage body(String text) {
        body = text("body", text).build();
        return this;
    }

    @Override
    public OutgoingMessage body(String language, String text) {
        if (language.isEmpty()) {
            return body(text);
        }
        if (translations.isEmpty()) {
            translations = new LinkedHashMap<>();
        }
        translations.put(language, text("body", text).language(language).build());
        return this;
    }

    @Override
    public OutgoingMessage subject(String text) {
        subject = text("subject", text).build();
        return this;
    }

    @Override
    public OutgoingMessage type(MessageType type) {
        this.type = Objects.requireNonNull(type, "type");
        return this;
    }

    @Override
    public OutgoingMessage thread(String id) {
        thread = text("thread", id).build();
        return this;
    }

    @Override
    public OutgoingMessage thread(String id, String parent) {
        thread = text("thread", id)
                .attribute("parent", Objects.requireNonNull(parent, "parent"))
                .build();
        return this;
    }

    private static XmlElement.Builder text(String name, String text) {
        return XmlElement.builder(Stanzas.CLIENT, name).text(Objects.requireNonNull(text, "text"));
    }

    @Override
    public OutgoingMessage requestReceipt() {
        receiptRequested = true;
        return this;
    }

    @Override
    public OutgoingMessage requestDisplayed() {
        displayedRequested = true;
        return this;
    }

    @Override
    public OutgoingMessage expiresAfter(Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(MOST_PATIENCE) > 0) {
            throw new IllegalArgumentException("a message waits for 1 ms to 365 days, not " + time);
        }
        patience = time;
        return this;
    }

    @Override
    public CompletableFuture<SentMessage> send() {
        if (sent) {
            throw new IllegalStateException("this message was sent before");
        }
        if (!hasBody() && subject == null) {
            throw new IllegalStateException("a message needs a body or a subject");
        }
        CompletableFuture<SentMessage> result = sender.apply(this);
        sent = true;
        return result;
    }

    private boolean hasBody() {
        return body != null || !translations.isEmpty();
    }

    /**
     * {@return a stanza with another text in the default language}
     *
     * @param stanza the stanza
     * @param text the text
     * @throws IllegalArgumentException if it holds a character that the wire cannot carry
     */
    static XmlElement withBody(XmlElement stanza, String text) {
        XmlElement body = text("body", text).build();
        XmlElement.Builder edited = XmlElement.builder(stanza.namespace(), stanza.name());
        for (int i = 0; i < stanza.attributeCount(); i++) {
            edited.attribute(stanza.attributeNamespace(i), stanza.attributeName(i), stanza.attributeValue(i));
        }
        boolean placed = false;
        for (XmlElement child : stanza.children()) {
            boolean former =
                    child.is(Stanzas.CLIENT, "body") && child.attribute(XmlElement.XML_NAMESPACE, "lang") == null;
            if (former) {
                edited.child(body);
                placed = true;
            } else {
                edited.child(child);
            }
        }
        return placed ? edited.build() : edited.child(body).build();
    }

    /**
     * {@return the stanza}
     *
     * @param id the message's id, which is its origin's id too (XEP-0359): copies of it can be told by it
     */
    XmlElement toXml(String id) {
        XmlElement.Builder stanza = XmlElement.builder(Stanzas.CLIENT, "message")
                .attribute("type", MessageStanza.name(type))
                .attribute("id", id)
                .attribute("to", to.toString())
                .child(subject)
                .child(body);
        translations.values().forEach(stanza::child);
        stanza.child(thread);
        if (receiptRequested) {
            stanza.child(REQUEST);
        }
        if (displayedRequested) {
            stanza.child(MARKABLE);
        }
        if (type == MessageType.CHAT && hasBody()) {
            stanza.child(ACTIVE);
        }
        return stanza.child(XmlElement.builder(ORIGIN_ID, "origin-id")
                        .attribute("id", id)
                        .build())
                .build();
    }
}
