package org.partyline.examples.chat;

import java.util.ArrayList;
import java.util.List;
import org.partyline.session.ConnectionState;

/** What holds right now, in one row. */
final class StatusRow {
    private StatusRow() {}

    static String of(Session session) {
        List<String> parts = new ArrayList<>();
        parts.add(connection(session.client().state()));
        session.conversations().current().ifPresent(conversation -> {
            parts.add("to " + session.people().name(conversation.with()) + ", "
                    + People.words(session.client().presence().of(conversation.with())));
            if (conversation.typing()) {
                parts.add("is typing...");
            } else {
                lastMark(conversation, parts);
            }
        });
        session.conversations().all().stream()
                .filter(each -> each.unread() > 0)
                .forEach(each -> parts.add(session.people().name(each.with()) + ": " + each.unread() + " new"));
        if (!session.requests().all().isEmpty()) {
            parts.add(session.requests().all().size() + " to /accept or /deny");
        }
        return " " + String.join(" | ", parts) + " ";
    }

    private static void lastMark(Conversation conversation, List<String> parts) {
        List<Remark> last = conversation.last(1);
        if (!last.isEmpty() && last.get(0).own()) {
            parts.add("last: " + last.get(0).mark());
        }
    }

    private static String connection(ConnectionState state) {
        return switch (state) {
            case ONLINE -> "online";
            case CONNECTING -> "connecting...";
            case WAITING -> "connection lost";
            case DISCONNECTED, CLOSED -> "not connected";
        };
    }
}
