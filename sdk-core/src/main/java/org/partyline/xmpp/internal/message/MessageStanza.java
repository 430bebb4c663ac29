package org.partyline.xmpp.internal.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    static final String MARKERS = "urn:xmpp:chat-markers:0";
    static final String CHAT_STATES = "http://jabber.org/protocol/chatstates";
    private static final String IDS = "urn:xmpp:sid:0";
    private static final int MAX_ARCHIVE_IDS = 4;
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
    private @Nullable String displayedUpTo;
    private boolean markable;
    private @Nullable String originId;
    /** Who gave ids, and the ids, in turn; those whom the origin gate lets speak. */
    private List<String> archiveIds = List.of();

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
            case MARKERS -> {
                if (child.name().equals("markable")) {
                    markable = true;
                } else if (child.name().equals("displayed")) {
                    displayedUpTo = shortened(child.attribute("id"));
                }
            }
            case CHAT_STATES -> chatState = chatState(child.name());
            case Delay.NAMESPACE -> {
                if (child.name().equals("delay") && sentAt == null) {
                    sentAt = Delay.read(child);
                }
            }
            case IDS -> readId(child);
            default -> {
                // An extension that is not understood is not looked at (RFC 6120 section 8.4).
            }
        }
    }

    /** Ids of XEP-0359: the sender's own, and those that archives gave. */
    private void readId(XmlElement child) {
        String id = shortened(child.attribute("id"));
        String by = child.attribute("by");
        if (id == null) {
            return;
        }
        if (child.name().equals("origin-id")) {
            originId = id;
        } else if (child.name().equals("stanza-id") && by != null && archiveIds.size() < 2 * MAX_ARCHIVE_IDS) {
            if (archiveIds.isEmpty()) {
                archiveIds = new ArrayList<>(2);
            }
            archiveIds.add(by);
            archiveIds.add(id);
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

    /** {@return whether it was held back on its way} */
    boolean isDelayed() {
        return sentAt != null;
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

    /** {@return the id that the sender promised to give once, or null} */
    @Nullable
    String originId() {
        return originId;
    }

    /** {@return the id that the archive of an account or a room gave the message, or null} */
    @Nullable
    String archiveId(Jid by) {
        for (int i = 0; i < archiveIds.size(); i += 2) {
            if (archiveIds.get(i).equals(by.bare().toString())) {
                return archiveIds.get(i + 1);
            }
        }
        return null;
    }

    /**
     * {@return a number for what the message says, and never 0: an id alone that was promised to nobody does not tell a message from
     * others, because there are clients that begin to count anew}
     */
    int content() {
        int hash = (bodies.hashCode() * 31 + subjects.hashCode()) * 31
                + type().name().hashCode();
        return hash == 0 ? 1 : hash;
    }

    /** {@return the id of the message that this is a receipt for, or null} */
    @Nullable
    String receiptFor() {
        return receiptFor;
    }

    boolean receiptRequested() {
        return receiptRequested;
    }

    /** {@return the id of the message up to which everything was shown, or null} */
    @Nullable
    String displayedUpTo() {
        return displayedUpTo;
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
                receiptRequested,
                markable);
    }
}
