package org.partyline.examples.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.partyline.address.Jid;

/** What was said with somebody in this run, the last of it. */
final class Conversation {
    private static final int MOST_REMARKS = 1_000;

    private final Jid with;
    private final Deque<Remark> remarks = new ArrayDeque<>();
    private int unread;
    private boolean typing;

    Conversation(Jid with) {
        this.with = with;
    }

    Jid with() {
        return with;
    }

    void add(Remark remark) {
        remarks.addLast(remark);
        if (remarks.size() > MOST_REMARKS) {
            remarks.removeFirst();
        }
    }

    /** {@return the last remarks, the oldest first} */
    List<Remark> last(int count) {
        return remarks.stream().skip(Math.max(0, remarks.size() - count)).toList();
    }

    /** {@return whether the other side has said anything} */
    boolean answered() {
        return remarks.stream().anyMatch(remark -> !remark.own());
    }

    int unread() {
        return unread;
    }

    void countUnread() {
        unread++;
    }

    void markRead() {
        unread = 0;
    }

    boolean typing() {
        return typing;
    }

    void typing(boolean now) {
        typing = now;
    }
}
