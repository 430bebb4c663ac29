package org.partyline.auth.license;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partyline.auth.internal.jose.JoseException;
import org.partyline.auth.internal.jose.JsonObject;
import org.partyline.auth.internal.jose.Jws;
import org.partyline.auth.internal.jose.Keys;
import org.partyline.auth.internal.jose.TokenType;

/** Reads a policy off its token. */
final class PolicyReader {
    private PolicyReader() {}

    static NetworkPolicy read(String token, Keys keys) throws JoseException {
        JsonObject claims = Jws.verify(token, TokenType.POLICY, keys);
        List<NetworkPolicy.VersionRule> versions = new ArrayList<>();
        if (claims.has("versions")) {
            for (JsonObject each : claims.objects("versions")) {
                versions.add(rule(each));
            }
        }
        List<NetworkPolicy.Requirement> requirements = new ArrayList<>();
        if (claims.has("require")) {
            for (JsonObject each : claims.objects("require")) {
                requirements.add(new NetworkPolicy.Requirement(each.text("cap"), each.date("from")));
            }
        }
        return new NetworkPolicy(
                claims.web("iss"),
                claims.text("aud"),
                claims.date("iat"),
                claims.date("exp"),
                claims.integer("seq"),
                claims.has("unlicensed") ? unlicensed(claims.object("unlicensed")) : null,
                versions,
                requirements,
                tiers(claims.object("tiers")),
                contacts(claims.object("contacts")));
    }

    private static NetworkPolicy.Unlicensed unlicensed(JsonObject object) throws JoseException {
        return new NetworkPolicy.Unlicensed(timetable(object), object.web("url"));
    }

    private static NetworkPolicy.VersionRule rule(JsonObject object) throws JoseException {
        return new NetworkPolicy.VersionRule(
                Documents.id(object.text("product")),
                ProductVersion.parse(object.text("min")),
                ProductVersion.parse(object.text("recommended")),
                timetable(object),
                object.web("upgrade"),
                object.text("reason"));
    }

    private static Timetable timetable(JsonObject object) throws JoseException {
        return new Timetable(object.date("notice_at"), object.date("force_at"), object.date("cutoff_at"));
    }

    private static Map<String, Quota> tiers(JsonObject object) throws JoseException {
        Map<String, Quota> tiers = new LinkedHashMap<>();
        for (String name : object.names()) {
            tiers.put(Documents.id(name), Quota.read(object.object(name)));
        }
        return tiers;
    }

    private static Map<String, URI> contacts(JsonObject object) throws JoseException {
        Map<String, URI> contacts = new LinkedHashMap<>();
        for (String name : object.names()) {
            contacts.put(Documents.id(name), Documents.reachable(object, name));
        }
        return contacts;
    }
}
