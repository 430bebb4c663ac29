package org.partyline.auth.license;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.partyline.auth.internal.crypto.SigningKey;

/** Licenses that are none, most of them with a right signature: what a signature is on has to be read all the same. */
class MalformedTest {
    private static final List<String> ODD =
            List.of("1", "1.5", "1e3", "-1", "\"\"", "\"\\u0007\"", "null", "true", "[]", "{}", "9007199254740993");
    private final Authority authority = new Authority();
    private final KeysDocument keys = authority.keys(1);
    private final SigningKey key = Authority.bare(authority.license);
    private final String token = authority.licenseToken();
    private final String header = Authority.segment(token, 0);
    private final String payload = Authority.segment(token, 1);

    @Test
    @DisplayName("C03 over 200 malformed tokens are LICENSE_MALFORMED, with no other exception and in no time")
    void malformedTokens_areRefusedAsSuch() {
        Map<String, String> tokens = new LinkedHashMap<>();
        shapes(tokens);
        headers(tokens);
        claims(tokens);
        assertTrue(tokens.size() >= 200, tokens.size() + " tokens");

        List<String> wrong = new ArrayList<>();
        long begin = System.nanoTime();
        for (Map.Entry<String, String> each : tokens.entrySet()) {
            String bundle = authority.bundle(each.getValue().isEmpty() ? "." : each.getValue());
            try {
                License.parse(bundle, authority.roots());
                wrong.add(each.getKey() + " is accepted");
            } catch (LicenseException e) {
                if (e.code() != LicenseCode.LICENSE_MALFORMED) {
                    wrong.add(each.getKey() + " is " + e.getMessage());
                }
            }
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;

        assertEquals(List.of(), wrong);
        // Signing the bundle's other parts is in it, and a busy machine: what would be seen is something quadratic.
        assertTrue(millis < 50L * tokens.size(), millis + " ms for " + tokens.size());
    }

    private void shapes(Map<String, String> tokens) {
        String[] parts = token.split("\\.", -1);
        tokens.put("long", token + "A".repeat(8193 - token.length()));
        tokens.put("very long", "A".repeat(30_000));
        for (int i = 0; i < 8; i++) {
            if (i != 2) {
                tokens.put(i + " dots", "AA" + ".AA".repeat(i));
            }
        }
        for (int i = 0; i < 3; i++) {
            for (String wrong : List.of("=", "==", "+", "/", "!", "*", "~", "A", "AAAAA", "#", "%3D")) {
                String[] changed = parts.clone();
                changed[i] = parts[i] + (parts[i].length() % 4 == 0 && wrong.startsWith("A") ? "A" : wrong);
                // More base64 behind a segment is another segment, whose signature is wrong: not for here.
                if (!wrong.startsWith("A") || changed[i].length() % 4 == 1) {
                    tokens.put("segment " + i + " with " + wrong, String.join(".", changed));
                }
            }
            String[] empty = parts.clone();
            empty[i] = "";
            if (i == 0) {
                tokens.put("segment " + i + " empty", String.join(".", empty));
            }
        }
        // The last character of 64 bytes has four bits beyond them.
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        for (int bit = 1; bit < 16; bit++) {
            tokens.put("tail bits " + bit, token.substring(0, token.length() - 1) + alphabet.charAt(last ^ bit));
        }
    }

    private void headers(Map<String, String> tokens) {
        List<String> wrong = new ArrayList<>(List.of("", "{", "[]", "null", "\"\"", "{}", header + "}", header + " x"));
        for (String more :
                List.of("crit", "b64", "zip", "jku", "jwk", "x5u", "x5c", "x5t", "cty", "enc", "p2c", "epk")) {
            wrong.add(header.replace("{", "{\"" + more + "\":[],"));
        }
        for (String name : List.of("typ", "alg", "kid")) {
            String value = header.replaceAll(".*\"" + name + "\":(\"[^\"]*\").*", "$1");
            String member = "\"" + name + "\":" + value;
            wrong.add(header.replace(member, member + "," + member));
            wrong.add(header.replace("\"" + name + "\"", "\"x\""));
            for (String odd : List.of("1", "null", "[]", "{}", "true", "\"\"")) {
                wrong.add(header.replace(member, "\"" + name + "\":" + odd));
            }
        }
        wrong.add(header.replace("im-license+jwt", "JWT"));
        wrong.add(header + " ".repeat(1024));
        wrong.add("{\"a\":" + "[".repeat(600));
        wrong.forEach(each -> tokens.put("header " + each, Authority.sign(each, payload, key)));
    }

    private void claims(Map<String, String> tokens) {
        List<String> wrong = new ArrayList<>(List.of("", "{", "[]", "1", "{}", payload + "{}", payload + ","));
        wrong.add("{\"a\":" + "[".repeat(2000));
        wrong.add(payload.replace("{\"iss\"", "{\"a\":" + "[".repeat(8) + "]".repeat(8) + ",\"iss\""));
        for (String name :
                List.of("iss", "sub", "iat", "nbf", "exp", "jti", "env", "profile", "tier", "grace_s", "versions")) {
            String member = payload.replaceAll(".*?(\"" + name + "\":(\"[^\"]*\"|\\d+)).*", "$1");
            wrong.add(payload.replace(member, member + "," + member));
            wrong.add(payload.replace(member, "\"x\":1"));
            for (String odd : ODD) {
                // Dates and durations may be 1, and dates below 0.
                boolean fine = odd.equals("1") || odd.equals("-1");
                boolean number = Character.isDigit(member.charAt(member.length() - 1));
                if (!(number && fine)) {
                    wrong.add(payload.replace(member, "\"" + name + "\":" + odd));
                }
            }
        }
        for (String name : List.of("aud", "features", "platforms", "partner_keys")) {
            wrong.add(payload.replaceAll("(\"" + name + "\":)\\[.*?\\]", "$1\"x\""));
            wrong.add(payload.replaceAll("(\"" + name + "\":)\\[.*?\\]", "$1[1]"));
        }
        for (String name : List.of("lic", "partner", "product", "status", "status_list", "quota")) {
            wrong.add(payload.replace("\"" + name + "\":{", "\"" + name + "\":[],\"x\":{"));
        }
        wrong.add(payload.replace("\"v\":1", "\"v\":2"));
        wrong.add(payload.replace("\"msg_s\":10", "\"msg_s\":-1"));
        wrong.add(payload.replace("\"msg_s\":10", "\"msg_s\":\"10\""));
        wrong.add(payload.replace("\"idx\":412", "\"idx\":-1"));
        wrong.add(payload.replace("\"idx\":412", "\"idx\":4294967708"));
        wrong.add(payload.replace("https://license", "http://license"));
        wrong.add(payload.replace("mailto:abuse", "javascript:abuse"));
        wrong.add(payload.replace("mailto:abuse", "mailto: abuse"));
        wrong.add(payload.replace("lic_7Q2M4.3", "lic_7Q2M4.03"));
        wrong.add(payload.replace("lic_7Q2M4.3", "other.3"));
        wrong.add(payload.replace("\"jvm\"", "\"" + "x".repeat(1025) + "\""));
        wrong.add(payload.replace("\"exp\":", "\"exp\":1,\"old\":"));
        wrong.forEach(each -> tokens.put("claims " + each, Authority.sign(header, each, key)));
        assertTrue(!wrong.contains(payload), "a claim was not found, so not changed");
    }

    @Test
    @DisplayName("whatever is signed, a LicenseException is all that comes of it")
    void signedNonsense_isRefusedCleanly() {
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            Random random = new Random(i);
            StringBuilder changed = new StringBuilder(payload);
            for (int n = random.nextInt(3); n >= 0; n--) {
                int at = random.nextInt(changed.length());
                switch (random.nextInt(4)) {
                    case 0 -> changed.deleteCharAt(at);
                    case 1 -> changed.insert(at, "{}[]\",:0.-eE9\\u".charAt(random.nextInt(15)));
                    case 2 -> changed.setCharAt(at, (char) random.nextInt(0x300));
                    default -> changed.insert(at, ODD.get(random.nextInt(ODD.size())));
                }
            }
            try {
                LicenseTerms terms = read(Authority.sign(header, changed.toString(), key));
                assertTrue(terms.revision() > 0);
            } catch (LicenseException e) {
                refused++;
                assertEquals(LicenseCode.LICENSE_MALFORMED, e.code());
            }
        }
        assertTrue(refused > 1_000, refused + " refused");
    }

    /** {@return the terms of the license alone, without the rest of the bundle} */
    private LicenseTerms read(String license) throws LicenseException {
        return Documents.read("license", () -> LicenseReader.read(license, keys.trusted()));
    }

    @Test
    void durations_areBounded() throws Exception {
        String century = "\"grace_s\":3162240000";
        assertEquals(
                3_162_240_000L,
                read(Authority.sign(header, payload.replaceAll("\"grace_s\":\\d+", century), key))
                        .grace()
                        .toSeconds());
        String more = payload.replaceAll("\"grace_s\":\\d+", "\"grace_s\":3162240001");
        assertMalformed(() -> read(Authority.sign(header, more, key)));
        String list = Authority.segment(authority.statusToken(), 1);
        String head = Authority.segment(authority.statusToken(), 0);
        SigningKey status = Authority.bare(authority.status);
        String year = list.replace("\"ttl\":300", "\"ttl\":31622400");
        assertEquals(
                366,
                StatusList.parse(Authority.sign(head, year, status), keys).ttl().toDays());
        String longer = list.replace("\"ttl\":300", "\"ttl\":31622401");
        assertMalformed(() -> StatusList.parse(Authority.sign(head, longer, status), keys));
    }

    @Test
    void keysAndPolicyAndStatus_areReadAsStrictly() {
        for (String name : List.of("iss", "iat", "exp", "seq", "keys")) {
            String wrong = Authority.segment(authority.keysToken(), 1).replace("\"" + name + "\"", "\"x\"");
            assertMalformed(() -> KeysDocument.parse(
                    Authority.sign(Authority.segment(authority.keysToken(), 0), wrong, Authority.bare(authority.root1)),
                    authority.roots()));
        }
        for (String name : List.of(
                "iss", "aud", "iat", "exp", "seq", "tiers", "contacts", "notice_at", "min", "upgrade", "from")) {
            String wrong = Authority.segment(authority.policyToken(), 1).replace("\"" + name + "\"", "\"x\"");
            assertMalformed(() -> NetworkPolicy.parse(
                    Authority.sign(
                            Authority.segment(authority.policyToken(), 0), wrong, Authority.bare(authority.license)),
                    keys));
        }
        for (String name : List.of("sub", "iat", "exp", "ttl", "status_list", "bits", "lst")) {
            String wrong = Authority.segment(authority.statusToken(), 1).replace("\"" + name + "\"", "\"x\"");
            assertMalformed(() -> StatusList.parse(
                    Authority.sign(
                            Authority.segment(authority.statusToken(), 0), wrong, Authority.bare(authority.status)),
                    keys));
        }
    }

    private static void assertMalformed(Executable reading) {
        assertEquals(
                LicenseCode.LICENSE_MALFORMED,
                assertThrows(LicenseException.class, reading).code());
    }
}
