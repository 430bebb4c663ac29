package org.partyline.examples.operator.output;

import java.util.List;
import org.partyline.examples.operator.book.Approval;
import org.partyline.examples.operator.book.License;
import org.partyline.examples.operator.book.Suspension;
import org.partyline.examples.operator.book.TermsJson;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Obj;

/** Licenses in programs' words. */
public final class LicenseJson {
    private LicenseJson() {}

    /** {@return licenses, in their order} */
    public static Arr all(List<License> licenses) {
        return new Arr(licenses.stream().<Json>map(LicenseJson::of).toList());
    }

    /** {@return a license} */
    public static Obj of(License license) {
        Obj json = Obj.EMPTY
                .with("license", Json.of(license.id()))
                .with("state", Json.of(license.state().toString()))
                .with("since", Json.of(license.since().toString()))
                .with("partner", Json.of(license.partner()))
                .with("organization", Json.of(license.submission().organization()))
                .with("product", Json.of(license.submission().product()))
                .with("form", Json.of(license.submission().form()))
                .with("keys", Json.of(license.submission().keys()))
                .with("applied", Json.of(license.applied().toString()))
                .with("revision", Json.of(license.revision()));
        if (license.report() != null) {
            json = json.with("self_check", Json.of(license.report()));
        }
        if (license.granted() != null) {
            json = json.with("terms", TermsJson.write(license.granted()));
        }
        if (license.issued() != null) {
            json = json.with("terms_since", Json.of(license.issued().toString()));
        }
        Approval approval = license.approval();
        if (approval != null) {
            json = json.with(
                    "approval",
                    Obj.EMPTY
                            .with("by", Json.of(approval.by().toString()))
                            .with("terms", TermsJson.write(approval.terms())));
        }
        Suspension suspension = license.suspension();
        if (suspension != null) {
            json = json.with(
                    "suspension",
                    Obj.EMPTY
                            .with("by", Json.of(suspension.by().toString()))
                            .with("why", Json.of(suspension.why()))
                            .with("until", Json.of(suspension.until().toString())));
        }
        return json;
    }
}
