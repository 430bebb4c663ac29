package org.partyline.examples.chat;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.presence.Presence;
import org.partyline.presence.PresenceService;
import org.partyline.roster.Contact;

/** Commands about contacts. */
final class ContactCommands {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Session session;

    ContactCommands(Session session) {
        this.session = session;
    }

    List<Command> all() {
        return List.of(
                new Command(
                        List.of("contacts", "names", "who", "roster"),
                        "",
                        "your contacts, and who is there",
                        typed -> contacts()),
                new Command(
                        List.of("add"),
                        "ADDRESS [NAME]",
                        "add a contact, and ask to see when they are there",
                        this::add),
                new Command(List.of("remove"), "WHO", "remove a contact", this::remove),
                new Command(List.of("requests"), "", "who asks to see when you are there", typed -> requests()),
                new Command(List.of("accept"), "[WHO]", "let somebody who asked see when you are there", this::accept),
                new Command(List.of("deny"), "[WHO]", "do not let them, or not any more", this::deny),
                new Command(List.of("block", "ignore"), "WHO", "hear nothing from somebody", this::block),
                new Command(List.of("unblock", "unignore"), "WHO", "hear from them again", this::unblock),
                new Command(List.of("blocked"), "", "whom you have blocked", typed -> blocked()));
    }

    private CompletableFuture<?> contacts() {
        List<Contact> contacts = session.client().roster().contacts();
        if (contacts.isEmpty()) {
            session.screen().tell("no contacts yet. /add ADDRESS adds one.");
        }
        PresenceService presence = session.client().presence();
        contacts.stream()
                .sorted(Comparator.comparing(
                                (Contact each) -> !presence.of(each.jid()).isAvailable())
                        .thenComparing(each -> session.people().name(each.jid()).toLowerCase(Locale.ROOT)))
                .forEach(each -> session.screen()
                        .tell(session.people().nameAndAddress(each.jid()) + ": "
                                + words(each, presence.of(each.jid()))));
        return DONE;
    }

    private static String words(Contact contact, Presence presence) {
        return switch (contact.subscription()) {
            case BOTH -> People.words(presence);
            case TO -> People.words(presence) + "; does not see you";
            case FROM -> contact.requested() ? "sees you; you asked to see them" : "sees you; you do not see them";
            case NONE -> contact.requested() ? "you asked to see them" : "neither sees the other";
        };
    }

    private CompletableFuture<?> add(Typed typed) throws CommandException {
        if (!typed.word().contains("@")) {
            throw new CommandException("add whom? /add somebody@server [NAME]");
        }
        Jid who = Jid.parse(typed.word()).bare();
        return session.client()
                .roster()
                .add(who, typed.afterWord())
                .thenRun(() -> session.screen().tell("asked " + session.people().nameAndAddress(who)));
    }

    private CompletableFuture<?> remove(Typed typed) throws CommandException {
        return session.client().roster().remove(session.people().find(typed.rest()));
    }

    private CompletableFuture<?> requests() {
        if (session.requests().all().isEmpty()) {
            session.screen().tell("nobody asks");
        }
        session.requests()
                .all()
                .forEach(each -> session.screen()
                        .tell(session.people().nameAndAddress(each) + " asks to see when you are there"));
        return DONE;
    }

    private CompletableFuture<?> accept(Typed typed) throws CommandException {
        Jid who = asking(typed);
        return session.client().presence().approve(who).thenRun(() -> {
            session.requests().remove(who);
            session.screen().good(session.people().name(who) + " sees when you are there");
            if (!session.people().isContact(who)) {
                session.screen().tell("/add " + session.people().address(who) + "  asks to see them, too");
            }
        });
    }

    private CompletableFuture<?> deny(Typed typed) throws CommandException {
        Jid who = asking(typed);
        return session.client().presence().deny(who).thenRun(() -> {
            session.requests().remove(who);
            session.screen().tell(session.people().name(who) + " does not see when you are there");
        });
    }

    /** {@return who is named, or the only one who asks} */
    private Jid asking(Typed typed) throws CommandException {
        List<Jid> asking = session.requests().all();
        if (typed.rest().isEmpty() && asking.size() == 1) {
            return asking.get(0);
        }
        if (typed.rest().isEmpty()) {
            throw new CommandException(asking.isEmpty() ? "nobody asks." : "whom? /requests tells who asks.");
        }
        return session.people().find(typed.rest());
    }

    private CompletableFuture<?> block(Typed typed) throws CommandException {
        Jid who = session.people().find(typed.rest());
        return session.client()
                .blockList()
                .block(who)
                .thenRun(() -> session.screen()
                        .tell("you hear nothing more from " + session.people().nameAndAddress(who)));
    }

    private CompletableFuture<?> unblock(Typed typed) throws CommandException {
        Jid who = session.people().find(typed.rest());
        return session.client()
                .blockList()
                .unblock(who)
                .thenRun(() -> session.screen()
                        .tell("you hear from " + session.people().nameAndAddress(who) + " again"));
    }

    private CompletableFuture<?> blocked() {
        return session.client().blockList().load().thenAccept(all -> {
            if (all.isEmpty()) {
                session.screen().tell("you have blocked nobody");
            }
            all.forEach(each -> session.screen().tell("blocked: " + each.displayForm()));
        });
    }
}
