package org.partyline.xmpp.internal.message;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.address.Jid;
import org.partyline.message.ChatState;
import org.partyline.message.Message;
import org.partyline.message.MessageType;
import org.partyline.transport.xml.XmlElement;
import org.partyline.xmpp.internal.stanza.Delay;
import org.partyline.xmpp.internal.stanza.Stanzas;

/** What a message stanza holds, read in one pass over its children: every message takes this way. */
final class MessageStanza {
    static final String RECEIPTS = "urn:xmpp:receipts";
    static final String CHAT_STATES = "http://jabber.org/protocol/chatstates";
    private static final int MAX_LANGUAGES = 32;
    private static final int MAX_ID = 1023;

    private final XmlElement stanza;
    private Map<String, String> bodies = Map.of();
    private Map<String, String> subjects = Map.of();
    private @Nullable String threadId;
    private @Nullable String parentThreadId;
    private @Nullable Instant sentAt;
    private @Nullable ChatState chatState;
    private @Nullable String receiptFor;
    private boolean receiptRequested;

    private MessageStanza(XmlElement stanza) {
        this.stanza = stanza;
    }

    static MessageStanza read(XmlElement stanza) {
        MessageStanza message = new MessageStanza(stanza);
        for (int i = 0; i < stanza.nodeCount(); i++) {
            if (stanza.node(i) instanceof XmlElement child) {
                message.readChild(child);
            }
        }
        return message;
    }

    private void readChild(XmlElement child) {
        switch (child.namespace()) {
            case Stanzas.CLIENT -> readText(child);
            case RECEIPTS -> {
                if (child.name().equals("request")) {
                    receiptRequested = true;
                } else if (child.name().equals("received")) {
                    receiptFor = shortened(child.attribute("id"));
                }
            }
            case CHAT_STATES -> chatState = chatState(child.name());
            case Delay.NAMESPACE -> {
                if (child.name().equals("delay") && sentAt == null) {
                    sentAt = Delay.read(child);
                }
            }
            default -> {
                // An extension that is not understood is not looked at (RFC 6120 section 8.4).
            }
        }
    }

    private void readText(XmlElement child) {
        switch (child.name()) {
            case "body" -> bodies = with(bodies, child);
            case "subject" -> subjects = with(subjects, child);
            case "thread" -> {
                threadId = shortened(child.text());
                parentThreadId = shortened(child.attribute("parent"));
            }
            default -> {
                // Not one of RFC 6121 section 5.2.
            }
        }
    }

    /** The first of a language counts (RFC 6121 section 5.2.3 forbids a second). */
    private static Map<String, String> with(Map<String, String> texts, XmlElement child) {
        String language = child.attribute(XmlElement.XML_NAMESPACE, "lang");
        String key = language == null ? "" : language;
        if (texts.isEmpty()) {
            return Map.of(key, child.text());
        }
        if (texts.size() >= MAX_LANGUAGES || texts.containsKey(key)) {
            return texts;
        }
        Map<String, String> more = new HashMap<>(texts);
        more.put(key, child.text());
        return more;
    }

    private static @Nullable String shortened(@Nullable String id) {
        return id == null || id.isEmpty() || id.length() > MAX_ID ? null : id;
    }

    private static @Nullable ChatState chatState(String name) {
        return switch (name) {
            case "active" -> ChatState.ACTIVE;
            case "composing" -> ChatState.COMPOSING;
            case "paused" -> ChatState.PAUSED;
            case "inactive" -> ChatState.INACTIVE;
            case "gone" -> ChatState.GONE;
            default -> null;
        };
    }

    static String name(MessageType type) {
        return switch (type) {
            case CHAT -> "chat";
            case NORMAL -> "normal";
            case HEADLINE -> "headline";
            case GROUPCHAT -> "groupchat";
        };
    }

    static String name(ChatState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** An unknown type counts as normal (RFC 6121 section 5.2.2). */
    MessageType type() {
        String type = stanza.attribute("type");
        return switch (type == null ? "" : type) {
            case "chat" -> MessageType.CHAT;
            case "headline" -> MessageType.HEADLINE;
            case "groupchat" -> MessageType.GROUPCHAT;
            default -> MessageType.NORMAL;
        };
    }

    boolean isError() {
        return "error".equals(stanza.attribute("type"));
    }

    boolean hasContent() {
        return !bodies.isEmpty() || !subjects.isEmpty();
    }

    @Nullable
    String id() {
        return shortened(stanza.attribute("id"));
    }

    @Nullable
    ChatState chatState() {
        return chatState;
    }

    /** {@return the id of the message that this is a receipt for, or null} */
    @Nullable
    String receiptFor() {
        return receiptFor;
    }

    boolean receiptRequested() {
        return receiptRequested;
    }

    Message toMessage(Jid from, Jid to, boolean carbon) {
        Instant sent = sentAt;
        return new Message(
                id(),
                type(),
                from,
                to,
                bodies,
                subjects,
                threadId,
                parentThreadId,
                sent == null ? Instant.now() : sent,
                sent != null,
                carbon,
                receiptRequested);
    }
}
