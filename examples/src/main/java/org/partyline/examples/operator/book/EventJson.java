package org.partyline.examples.operator.book;

import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.audit.AuditDraft;
import org.partyline.examples.operator.audit.AuditEntry;
import org.partyline.examples.operator.audit.EntryRefusedException;
import org.partyline.examples.operator.files.Sha256;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;

/** Events about licenses as they stand in the log. */
final class EventJson {
    private static final String FORM = "form";

    private EventJson() {}

    /**
     * {@return the entry to be written of an event}
     *
     * @param event the event
     * @param via who wrote it down for the actor, or {@code null} if it was the actor
     */
    static AuditDraft write(LicenseEvent event, @Nullable Actor via) {
        Details told = event.details();
        Obj members = Obj.EMPTY.with("actor", Json.of(event.actor().toString())).with("lic", Json.of(event.license()));
        members = via == null ? members : members.with("via", Json.of(via.toString()));
        members = told.why() == null ? members : members.with("why", Json.of(told.why()));
        members = told.until() == null
                ? members
                : members.with("until", Json.of(told.until().toString()));
        members = told.terms() == null ? members : members.with("terms", TermsJson.write(told.terms()));
        members = told.report() == null ? members : members.with("report", Json.of(told.report()));
        if (told.submission() != null) {
            members = members.with("org", Json.of(told.submission().organization()))
                    .with("prd", Json.of(told.submission().product()))
                    .with(FORM, Json.of(told.submission().form()))
                    .with("keys", Json.of(told.submission().keys()));
        }
        return new AuditDraft(event.action().event(), members);
    }

    /**
     * {@return the event of an entry}
     *
     * @throws EntryRefusedException if the entry is not as this class writes it
     */
    static LicenseEvent read(AuditEntry entry) throws EntryRefusedException {
        Action action = Action.ofEvent(entry.event())
                .orElseThrow(() -> new EntryRefusedException("there is no event " + entry.event()));
        Members members = new Members(entry.members());
        try {
            String license = members.text("lic");
            Actor actor = Actor.parse(members.text("actor"));
            if (members.has("via")) {
                Actor.parse(members.text("via"));
            }
            Details details = new Details(
                    members.has("why") ? members.text("why") : null,
                    members.has("until") ? members.time("until") : null,
                    members.has("terms") ? TermsJson.read(members.object("terms")) : null,
                    members.has(FORM) ? submission(members) : null,
                    members.has("report") ? digest(members, "report") : null);
            members.end();
            return new LicenseEvent(license, action, actor, entry.time(), details);
        } catch (IllegalArgumentException e) {
            throw new EntryRefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static Submission submission(Members members) throws EntryRefusedException {
        return new Submission(members.text("org"), members.text("prd"), digest(members, FORM), members.texts("keys"));
    }

    private static String digest(Members members, String name) throws EntryRefusedException {
        String digest = members.text(name);
        if (!Sha256.isDigest(digest)) {
            throw new EntryRefusedException("its member " + name + " is no digest");
        }
        return digest;
    }
}
