package org.partyline.examples.operator.book;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.partyline.examples.operator.audit.EntryRefusedException;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Obj;

/** Terms as they stand in the log. */
public final class TermsJson {
    private TermsJson() {}

    /** {@return the object of terms} */
    public static Obj write(Terms terms) {
        Obj quota = Obj.EMPTY;
        for (Map.Entry<String, Long> each : terms.quota().entrySet()) {
            quota = quota.with(each.getKey(), Json.of(each.getValue()));
        }
        return Obj.EMPTY
                .with("tier", Json.of(terms.tier().toString()))
                .with("profile", Json.of(terms.profile().toString()))
                .with("versions", Json.of(terms.versions()))
                .with("platforms", Json.of(terms.platforms()))
                .with("features", Json.of(terms.features()))
                .with("quota", quota)
                .with("exp", Json.of(terms.expires().toString()))
                .with("grace_s", Json.of(terms.grace().toSeconds()));
    }

    static Terms read(Members members) throws EntryRefusedException {
        Terms terms = new Terms(
                Tier.parse(members.text("tier")),
                Profile.parse(members.text("profile")),
                members.text("versions"),
                new TreeSet<>(members.texts("platforms")),
                new TreeSet<>(members.texts("features")),
                new TreeMap<>(members.object("quota").numbers()),
                members.time("exp"),
                Duration.ofSeconds(members.number("grace_s")));
        members.end();
        return terms;
    }
}
