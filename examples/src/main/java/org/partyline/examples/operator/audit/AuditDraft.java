package org.partyline.examples.operator.audit;

import java.util.Map;
import java.util.Set;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.Json.Str;

/**
 * What is to be written to the log. The log itself adds its place, the time and the hashes.
 *
 * @param event what happened, such as {@code license.suspended}
 * @param members what there is to know of it
 */
public record AuditDraft(String event, Obj members) {
    static final Set<String> RESERVED = Set.of("seq", "t", "ev", "prev", "h");

    /** Checks what no entry may have, whoever writes it. */
    public AuditDraft {
        if (!isEvent(event)) {
            throw new IllegalArgumentException("no name of an event: " + event);
        }
        for (Map.Entry<String, Json> member : members.members().entrySet()) {
            String problem = problem(member.getKey(), member.getValue());
            if (!problem.isEmpty()) {
                throw new IllegalArgumentException(problem);
            }
        }
    }

    static boolean isEvent(String name) {
        return name.matches("[a-z]+(\\.[a-z_]+)+") && name.length() <= 64;
    }

    /** {@return what is wrong with a member, or nothing} */
    static String problem(String name, Json value) {
        if (RESERVED.contains(name)) {
            return "the log writes the member " + name + " itself";
        }
        // A log is kept for years and shown to many; who chatted when is in none that leaks.
        if (name.equals("user") && !(value instanceof Str user && Pseudonyms.isPseudonym(user.value()))) {
            return "the member user holds something else than a pseudonym";
        }
        return "";
    }
}
