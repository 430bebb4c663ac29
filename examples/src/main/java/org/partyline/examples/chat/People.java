package org.partyline.examples.chat;

import java.util.List;
import java.util.Locale;
import org.partyline.address.Jid;
import org.partyline.examples.text.ForeignText;
import org.partyline.presence.Presence;
import org.partyline.roster.Contact;
import org.partyline.roster.Roster;

/** What people are called, and who is meant by a name. */
final class People {
    private final Roster roster;

    People(Roster roster) {
        this.roster = roster;
    }

    /** {@return the name that the user gave, else the address} */
    String name(Jid somebody) {
        return roster.contact(somebody)
                .flatMap(Contact::name)
                .map(ForeignText::line)
                .filter(name -> !name.isBlank())
                .orElseGet(() -> address(somebody));
    }

    /** {@return the address, safe to show} */
    String address(Jid somebody) {
        return somebody.bare().displayForm();
    }

    /** {@return the name, and the address where that is another} */
    String nameAndAddress(Jid somebody) {
        String name = name(somebody);
        String address = address(somebody);
        return name.equals(address) ? address : name + " <" + address + ">";
    }

    boolean isContact(Jid somebody) {
        return roster.contact(somebody).isPresent();
    }

    /** {@return whose name or address begins so, or whose address it is} */
    Jid find(String text) throws CommandException {
        if (text.isEmpty()) {
            throw new CommandException("whom? Give an address or a contact's name.");
        }
        if (text.contains("@")) {
            return Jid.parse(text).bare();
        }
        String wanted = text.toLowerCase(Locale.ROOT);
        List<Jid> exact = matching(wanted, true);
        List<Jid> found = exact.isEmpty() ? matching(wanted, false) : exact;
        if (found.size() > 1) {
            throw new CommandException("which one? "
                    + String.join(", ", found.stream().map(this::address).toList()));
        }
        if (found.isEmpty()) {
            throw new CommandException(
                    "no contact is called " + ForeignText.line(text) + ". Give the whole address: somebody@server.");
        }
        return found.get(0);
    }

    private List<Jid> matching(String wanted, boolean whole) {
        return roster.contacts().stream()
                .map(Contact::jid)
                .filter(jid -> matches(name(jid), wanted, whole) || matches(String.valueOf(jid.local()), wanted, whole))
                .toList();
    }

    private static boolean matches(String name, String wanted, boolean whole) {
        String lower = name.toLowerCase(Locale.ROOT);
        return whole ? lower.equals(wanted) : lower.startsWith(wanted);
    }

    /** {@return a presence in words} */
    static String words(Presence presence) {
        String word = switch (presence.availability()) {
            case CHATTY -> "wants to chat";
            case AVAILABLE -> "there";
            case AWAY -> "away";
            case EXTENDED_AWAY -> "away for long";
            case DO_NOT_DISTURB -> "busy";
            case OFFLINE -> "offline";
        };
        return word
                + presence.status()
                        .map(ForeignText::line)
                        .filter(text -> !text.isBlank())
                        .map(text -> " (" + text + ")")
                        .orElse("");
    }
}
