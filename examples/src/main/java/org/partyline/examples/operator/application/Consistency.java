package org.partyline.examples.operator.application;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.partyline.examples.operator.json.Json.Obj;

/** What members of an application say together, which no schema tells. Each is of the right shape already. */
final class Consistency {
    private final ShapeChecker problems;

    Consistency(ShapeChecker problems) {
        this.problems = problems;
    }

    void check(Application application) {
        for (String role : List.of("technical", "abuse")) {
            if (application.contacts().stream()
                            .filter(each -> Application.text(each, "role").equals(role))
                            .count()
                    != 1) {
                problems.note("/contacts", "there is one contact whose role is " + role);
            }
        }
        distinct("/products", "id", application.products());
        distinct("/keys/jwks/keys", "kid", application.keys());
        keys(application.keys());
        for (int i = 0; i < application.products().size(); i++) {
            if (Application.text(application.products().get(i), "profile").equals("backend")
                    && application.keys().isEmpty()) {
                problems.note("/products/" + i + "/profile", "a backend needs a key, and keys is missing");
            }
        }
        try {
            Instant.parse(Application.text(Application.object(application.form(), "terms"), "accepted_at"));
        } catch (DateTimeException e) {
            problems.note("/terms/accepted_at", "there is no such time");
        }
    }

    private void keys(List<Obj> keys) {
        for (int i = 0; i < keys.size(); i++) {
            Obj key = keys.get(i);
            String kind = Application.text(key, "kty") + " " + Application.text(key, "crv");
            boolean hasY = key.get("y").isPresent();
            if (!(kind.equals("EC P-256") && hasY) && !(kind.equals("OKP Ed25519") && !hasY)) {
                problems.note("/keys/jwks/keys/" + i, "it is EC on P-256 with x and y, or OKP on Ed25519 with x alone");
            }
        }
    }

    private void distinct(String at, String member, List<Obj> items) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            if (!seen.add(Application.text(items.get(i), member))) {
                problems.note(at + "/" + i + "/" + member, "another item has it, too");
            }
        }
    }
}
