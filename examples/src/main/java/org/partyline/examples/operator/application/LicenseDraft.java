package org.partyline.examples.operator.application;

import java.util.List;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.Json.Str;

/** What an application by itself says of a license, in the members of a license. */
public final class LicenseDraft {
    private LicenseDraft() {}

    /**
     * {@return the members that come from the application}
     *
     * @param application the application
     * @param product the id of one of its products
     * @param network the network that the license is for
     */
    public static Obj of(Application application, String product, String network) {
        Obj asked = application.product(product);
        List<String> audience = ((Arr) Application.member(asked, "protocols"))
                .items().stream()
                        .map(each -> ((Str) each).value() + ":" + network)
                        .toList();
        return Obj.EMPTY.with("aud", Json.of(audience)).with("lic", license(application, asked));
    }

    private static Obj license(Application application, Obj product) {
        Obj users = Application.object(application.form(), "users");
        return Obj.EMPTY
                .with("profile", Application.member(product, "profile"))
                .with(
                        "partner",
                        Obj.EMPTY
                                .with("name", Json.of(application.organization()))
                                .with("contact", contact(application, "technical"))
                                .with("abuse", contact(application, "abuse")))
                .with(
                        "product",
                        Obj.EMPTY
                                .with("id", Application.member(product, "id"))
                                .with("name", Application.member(product, "name"))
                                .with("versions", Application.member(product, "versions"))
                                .with("platforms", Application.member(product, "platforms")))
                .with("features", Application.member(product, "features"))
                .with(
                        "quota",
                        Obj.EMPTY
                                .with("users_30d", Application.member(users, "in_12_months"))
                                .with("sess_total", Application.member(users, "peak_sessions")))
                .with("partner_keys", new Arr(List.copyOf(application.keys())));
    }

    private static Json contact(Application application, String role) {
        return application.contacts().stream()
                .filter(each -> Application.text(each, "role").equals(role))
                .findFirst()
                .map(each -> Json.of("mailto:" + Application.text(each, "email")))
                .orElseThrow(() -> new IllegalArgumentException("no contact whose role is " + role));
    }
}
