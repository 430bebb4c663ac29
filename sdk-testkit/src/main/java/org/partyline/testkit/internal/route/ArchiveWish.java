package org.partyline.testkit.internal.route;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.partyline.testkit.internal.account.Archive;
import org.partyline.testkit.internal.xmpp.Address;
import org.partyline.testkit.internal.xmpp.Ns;
import org.partyline.testkit.internal.xmpp.StanzaCondition;
import org.partyline.transport.xml.XmlElement;

/** What a query of an archive asks for: a form (XEP-0313 section 4.1) and a page of what it selects (XEP-0059). */
final class ArchiveWish {
    /** A query that cannot be answered. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final StanzaCondition condition;

        Refused(StanzaCondition condition) {
            super(condition.element());
            this.condition = condition;
        }

        StanzaCondition condition() {
            return condition;
        }
    }

    private @Nullable Address with;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private @Nullable String afterId;
    private @Nullable String beforeId;
    private @Nullable Set<String> ids;
    private @Nullable String after;
    private @Nullable String before;
    private int max;

    private ArchiveWish(int most) {
        this.max = most;
    }

    /**
     * Reads a query.
     *
     * @param query the element
     * @param most how many results a page may have
     */
    static ArchiveWish read(XmlElement query, int most) throws Refused {
        ArchiveWish wish = new ArchiveWish(most);
        XmlElement form = query.child(Ns.FORMS, "x");
        if (form != null) {
            wish.readForm(form);
        }
        XmlElement set = query.child(Ns.RESULT_SETS, "set");
        if (set != null) {
            wish.readSet(set);
        }
        return wish;
    }

    private void readForm(XmlElement form) throws Refused {
        boolean named = false;
        for (XmlElement field : form.children()) {
            List<String> values = field.children().stream()
                    .filter(child -> child.is(Ns.FORMS, "value"))
                    .map(XmlElement::text)
                    .toList();
            String name = field.attribute("var");
            if (!field.name().equals("field") || name == null || values.isEmpty()) {
                throw new Refused(StanzaCondition.BAD_REQUEST);
            }
            named |= name.equals("FORM_TYPE") && values.get(0).equals(Ns.ARCHIVE);
            readField(name, values);
        }
        if (!named || !"submit".equals(form.attribute("type"))) {
            throw new Refused(StanzaCondition.BAD_REQUEST);
        }
    }

    private void readField(String name, List<String> values) throws Refused {
        String value = values.get(0);
        switch (name) {
            case "FORM_TYPE" -> {
                // Looked at already.
            }
            case "with" -> {
                with = Address.parse(value);
                if (with == null) {
                    throw new Refused(StanzaCondition.BAD_REQUEST);
                }
            }
            case "start" -> start = instant(value);
            case "end" -> end = instant(value);
            case "after-id" -> afterId = value;
            case "before-id" -> beforeId = value;
            case "ids" -> ids = new HashSet<>(values);
            // What a server does not know it must not overlook (section 4.1.5).
            default -> throw new Refused(StanzaCondition.FEATURE_NOT_IMPLEMENTED);
        }
    }

    private static Instant instant(String text) throws Refused {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Refused(StanzaCondition.BAD_REQUEST);
        }
    }

    private void readSet(XmlElement set) throws Refused {
        String wanted = set.childText("max");
        if (wanted != null) {
            try {
                max = (int) Math.min(max, Long.parseLong(wanted.strip()));
            } catch (NumberFormatException e) {
                throw new Refused(StanzaCondition.BAD_REQUEST);
            }
            if (max < 0) {
                throw new Refused(StanzaCondition.BAD_REQUEST);
            }
        }
        after = set.childText("after");
        before = set.childText("before");
        if (set.child("index") != null) {
            throw new Refused(StanzaCondition.FEATURE_NOT_IMPLEMENTED);
        }
        if (after != null && before != null) {
            // Nobody says what that means (section 4.3.2): a client that asks so would get something else elsewhere.
            throw new Refused(StanzaCondition.BAD_REQUEST);
        }
    }

    /** {@return how many results the page may have} */
    int max() {
        return max;
    }

    /** {@return whether the page is the last before a message, or of all, rather than the first} */
    boolean isBackwards() {
        return before != null;
    }

    /** {@return the page's first possible position, and the first that is not} */
    long[] span(Archive archive) throws Refused {
        return new long[] {position(archive, after, -1) + 1, position(archive, before, Long.MAX_VALUE)};
    }

    /** {@return whether a message is selected by the form} */
    boolean selects(Archive.Entry entry, long[] range, Address own) {
        return entry.position() >= range[0]
                && entry.position() < range[1]
                && (ids == null || ids.contains(entry.id()))
                && (start == null || !entry.stamp().isBefore(start))
                && (end == null || !entry.stamp().isAfter(end))
                && isWith(entry, own);
    }

    /** {@return between which positions the form selects; refuses ids that are not there (section 4.1.3)} */
    long[] range(Archive archive) throws Refused {
        for (String id : ids == null ? Set.<String>of() : ids) {
            position(archive, id, 0);
        }
        return new long[] {position(archive, afterId, -1) + 1, position(archive, beforeId, Long.MAX_VALUE)};
    }

    private static long position(Archive archive, @Nullable String id, long otherwise) throws Refused {
        if (id == null || id.isEmpty()) {
            return otherwise;
        }
        Archive.Entry entry = archive.find(id);
        if (entry == null) {
            throw new Refused(StanzaCondition.ITEM_NOT_FOUND);
        }
        return entry.position();
    }

    private boolean isWith(Archive.Entry entry, Address own) {
        Address wanted = with;
        if (wanted == null) {
            return true;
        }
        boolean sender = isOf(wanted, entry.from());
        boolean receiver = isOf(wanted, entry.to());
        // Every message is with the account itself, so this asks for what it sent to itself (section 4.1.1).
        return wanted.equals(own) ? sender && receiver : sender || receiver;
    }

    private static boolean isOf(Address wanted, Address address) {
        return wanted.equals(wanted.isFull() ? address : address.bare());
    }
}
