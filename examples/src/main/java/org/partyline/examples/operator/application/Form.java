package org.partyline.examples.operator.application;

import java.util.List;
import java.util.stream.Stream;
import org.partyline.examples.operator.application.Shape.Choice;
import org.partyline.examples.operator.application.Shape.Flag;
import org.partyline.examples.operator.application.Shape.Group;
import org.partyline.examples.operator.application.Shape.Many;
import org.partyline.examples.operator.application.Shape.Member;
import org.partyline.examples.operator.application.Shape.Text;
import org.partyline.examples.operator.application.Shape.Whole;
import org.partyline.examples.operator.book.Profile;
import org.partyline.examples.operator.book.Terms;

/** The application form: what is in it, and what becomes of each member. */
final class Form {
    /** How many bytes an application may have. */
    static final int MOST_BYTES = 65_536;

    private static final String ANY = "[^\\u0000-\\u001f\\u007f-\\u009f]*[^\\u0000-\\u0020\\u007f-\\u00a0]"
            + "[^\\u0000-\\u001f\\u007f-\\u009f]*";
    private static final Whole COUNT = new Whole(1, 1_000_000_000);

    /** The whole. */
    static final Group WHOLE = new Group(List.of(
            Member.group(
                    "organisation",
                    new Group(List.of(
                            Member.of("name", text(200), Target.license("lic.partner.name")),
                            Member.of(
                                    "country",
                                    new Text(2, "[A-Z]{2}", "a country's two letters (ISO 3166)"),
                                    Target.review("where to look the organization up")),
                            Member.of("reg_no", text(64), Target.review("its number in that country's register"))
                                    .optional()))),
            Member.group(
                    "contacts",
                    new Many(
                            new Group(List.of(
                                    Member.of(
                                            "role",
                                            new Choice(List.of("technical", "abuse", "security", "business")),
                                            Target.review(
                                                    "technical and abuse are in the license; the others are called")),
                                    Member.of("name", text(100), Target.review("whom to ask for"))
                                            .optional(),
                                    Member.of(
                                            "email",
                                            new Text(
                                                    254,
                                                    "[!#-;=?A-~]{1,64}@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+",
                                                    "an email address"),
                                            Target.license("lic.partner.contact", "lic.partner.abuse")))),
                            2,
                            10,
                            false)),
            Member.group("products", new Many(product(), 1, 8, false)),
            Member.group(
                    "users",
                    new Group(List.of(
                            Member.of("now", new Whole(0, COUNT.most()), Target.review("how large a change it is")),
                            Member.of("in_12_months", COUNT, Target.license("lic.quota.users_30d")),
                            Member.of("peak_sessions", COUNT, Target.license("lic.quota.sess_total")),
                            Member.of(
                                    "peak_msg_s",
                                    COUNT,
                                    Target.review("what the network has to bear from all of them"))))),
            Member.group(
                            "keys",
                            new Group(List.of(Member.group("jwks", new Group(List.of(Member.group("keys", keys())))))))
                    .optional(),
            Member.of(
                    "upgrade_url", https(), Target.review("goes into the network's policy when a version is too old")),
            Member.group(
                    "terms",
                    new Group(List.of(
                            Member.of("version", text(32), Target.review("which terms were accepted")),
                            Member.of("accepted_by", text(100), Target.review("who accepted them")),
                            Member.of(
                                    "accepted_at",
                                    new Text(
                                            20,
                                            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
                                            "a time such as 2026-11-20T10:00:00Z"),
                                    Target.review("when they were accepted")))))));

    private Form() {}

    private static Group product() {
        return new Group(List.of(
                Member.of(
                        "id",
                        new Text(40, "[a-z0-9][a-z0-9-]*", "letters in lower case, digits and hyphens"),
                        Target.license("lic.product.id")),
                Member.of("name", text(100), Target.license("lic.product.name")),
                Member.of("platforms", some(Terms.PLATFORMS), Target.license("lic.product.platforms")),
                Member.of(
                        "versions",
                        new Text(100, Terms.VERSIONS, "conditions such as \">=4.2.0 <6.0.0\""),
                        Target.license("lic.product.versions")),
                Member.of("site", https(), Target.review("links for upgrades have to lead there")),
                Member.of(
                        "profile",
                        new Choice(Stream.of(Profile.values())
                                .map(Profile::toString)
                                .toList()),
                        Target.license("lic.profile")),
                Member.of("protocols", some(List.of("xmpp", "msnp")), Target.license("aud")),
                Member.of("features", some(Terms.FEATURES), Target.license("lic.features")),
                Member.of("e2ee", new Flag(), Target.review("whether the network can see what is written"))));
    }

    private static Many keys() {
        Text coordinate = new Text(43, "[A-Za-z0-9_-]{43}", "32 bytes in base64url, without padding");
        return new Many(
                new Group(List.of(
                        Member.of("kty", new Choice(List.of("EC", "OKP")), Target.license("lic.partner_keys.kty")),
                        Member.of(
                                "crv", new Choice(List.of("P-256", "Ed25519")), Target.license("lic.partner_keys.crv")),
                        Member.of(
                                "kid",
                                new Text(64, "[A-Za-z0-9._-]+", "letters, digits and . _ -"),
                                Target.license("lic.partner_keys.kid")),
                        Member.of("x", coordinate, Target.license("lic.partner_keys.x")),
                        Member.of("y", coordinate, Target.license("lic.partner_keys.y"))
                                .optional())),
                1,
                8,
                false);
    }

    private static Text text(int longest) {
        return new Text(longest, ANY, "a text on one line");
    }

    private static Text https() {
        return new Text(500, "https://[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+(:[0-9]{1,5})?(/[!-~]*)?", "an https address");
    }

    private static Many some(List<String> known) {
        return new Many(new Choice(known), 1, known.size(), true);
    }
}
