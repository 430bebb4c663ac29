package org.partyline.examples.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.partyline.address.Jid;
import org.partyline.presence.Presence;

/** Commands about the user and the connection. */
final class SelfCommands {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Session session;

    SelfCommands(Session session) {
        this.session = session;
    }

    List<Command> all() {
        return List.of(
                new Command(
                        List.of("away"),
                        "[TEXT]",
                        "tell that you are away",
                        typed -> publish(Presence.away(typed.rest()))),
                new Command(
                        List.of("busy", "dnd"),
                        "[TEXT]",
                        "tell that you are busy",
                        typed -> publish(Presence.doNotDisturb(typed.rest()))),
                new Command(
                        List.of("back", "online"),
                        "[TEXT]",
                        "tell that you are there",
                        typed -> publish(Presence.available(typed.rest()))),
                new Command(
                        List.of("offline", "invisible"),
                        "",
                        "look as if you were not there; messages still come",
                        typed -> publish(Presence.offline())),
                new Command(
                        List.of("status", "whoami"), "", "who you are, and how the connection is", typed -> status()),
                new Command(List.of("reconnect"), "", "try now, instead of when the time is up", typed -> reconnect()));
    }

    private CompletableFuture<?> publish(Presence presence) {
        Presence clean = presence.status().filter(String::isBlank).isPresent()
                ? new Presence(presence.availability(), null, presence.priority())
                : presence;
        return session.client()
                .presence()
                .publish(clean)
                .thenRun(() -> session.screen().tell("others see you " + People.words(clean)));
    }

    private CompletableFuture<?> status() {
        session.screen()
                .tell("you are " + session.client().self().map(Jid::displayForm).orElse("nobody yet") + "; "
                        + StatusRow.of(session).strip());
        return DONE;
    }

    private CompletableFuture<?> reconnect() {
        session.client().reconnectNow();
        return DONE;
    }
}
