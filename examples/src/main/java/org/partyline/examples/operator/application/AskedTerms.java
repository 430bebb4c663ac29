package org.partyline.examples.operator.application;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.partyline.examples.operator.book.Profile;
import org.partyline.examples.operator.book.Terms;
import org.partyline.examples.operator.book.Tier;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Int;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.Json.Str;

/** Terms as a partner would have them, but for the tier, which nobody applies for. */
public final class AskedTerms {
    private static final Duration GRACE = Duration.ofDays(14);

    private AskedTerms() {}

    /**
     * {@return the terms, in the lowest tier}
     *
     * @param application the application
     * @param product the id of one of its products
     * @param expires when they end
     */
    public static Terms of(Application application, String product, Instant expires) {
        Obj asked = application.product(product);
        Obj users = Application.object(application.form(), "users");
        SortedMap<String, Long> quota = new TreeMap<>();
        quota.put("users_30d", ((Int) Application.member(users, "in_12_months")).value());
        quota.put("sess_total", ((Int) Application.member(users, "peak_sessions")).value());
        return new Terms(
                new Tier(0),
                Profile.parse(Application.text(asked, "profile")),
                Application.text(asked, "versions"),
                texts(asked, "platforms"),
                texts(asked, "features"),
                quota,
                expires,
                GRACE);
    }

    private static SortedSet<String> texts(Obj parent, String name) {
        SortedSet<String> texts = new TreeSet<>();
        ((Arr) Application.member(parent, name)).items().forEach(each -> texts.add(((Str) each).value()));
        return texts;
    }
}
