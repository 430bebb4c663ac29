package org.partyline.examples.operator.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.partyline.examples.operator.json.JsonWriter;

/** The mapping is true: each member of the form changes what the table says of the license, and nothing else. */
class MappingTest {
    /** Another value for each member, and in which licenses' members it is to be seen. */
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("/organisation/name", "\"Another Messenger Ltd\""),
            Map.entry("/organisation/country", "\"FR\""),
            Map.entry("/organisation/reg_no", "\"RCS 9\""),
            Map.entry("/contacts/0/name", "\"Night shift\""),
            Map.entry("/contacts/0/email", "\"other@messenger.example\""),
            Map.entry("/contacts/1/email", "\"other@messenger.example\""),
            Map.entry("/products/0/name", "\"Other Desk\""),
            Map.entry("/products/0/platforms", "[\"android\"]"),
            Map.entry("/products/0/versions", "\">=5\""),
            Map.entry("/products/0/site", "\"https://other.example\""),
            Map.entry("/products/0/profile", "\"bot\""),
            Map.entry("/products/0/protocols", "[\"msnp\"]"),
            Map.entry("/products/0/features", "[\"bot\"]"),
            Map.entry("/products/0/e2ee", "true"),
            Map.entry("/users/now", "1"),
            Map.entry("/users/in_12_months", "2"),
            Map.entry("/users/peak_sessions", "3"),
            Map.entry("/users/peak_msg_s", "4"),
            Map.entry("/keys/jwks/keys/0/kid", "\"other-1\""),
            Map.entry("/keys/jwks/keys/0/x", "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\""),
            Map.entry("/keys/jwks/keys/0/y", "\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\""),
            Map.entry("/upgrade_url", "\"https://other.example/get\""),
            Map.entry("/terms/version", "\"2027-01\""),
            Map.entry("/terms/accepted_by", "\"Head of Sales\""),
            Map.entry("/terms/accepted_at", "\"2026-11-21T10:00:00Z\""));

    /** Members that cannot be changed alone; each has a test of its own. */
    private static final Set<String> TOGETHER =
            Set.of("/contacts/*/role", "/products/*/id", "/keys/jwks/keys/*/kty", "/keys/jwks/keys/*/crv");

    @Test
    @DisplayName("C24 each member of the form becomes a part of the license, or is for the reviewer")
    void everyMember_isMappedOrForReview() {
        Set<String> members = new TreeSet<>();
        for (Mapping.Row row : Mapping.rows()) {
            assertTrue(members.add(row.member()), row::toString);
            assertTrue(row.target().reviewOnly() != row.target().note().isEmpty(), row::toString);
        }
        Set<String> covered = OTHER.keySet().stream()
                .map(pointer -> pointer.replaceAll("/[0-9]+", "/*"))
                .collect(Collectors.toCollection(TreeSet::new));
        covered.addAll(TOGETHER);

        assertEquals(covered, members);
    }

    @Test
    @DisplayName("C24 a member changes the members of the license that the table names, and no others")
    void memberThatChanges_changesWhatTheTableNames() throws Exception {
        Map<String, String> before = draft(Samples.application(), "example-desk");
        for (Map.Entry<String, String> other : OTHER.entrySet()) {
            Application changed = Application.read(Samples.with(other.getKey(), other.getValue()));

            Set<String> differing = new TreeSet<>();
            Map<String, String> after = draft(changed, "example-desk");
            before.forEach((name, value) -> {
                if (!value.equals(after.get(name))) {
                    differing.add(name);
                }
            });

            Set<String> named = new TreeSet<>(target(other.getKey()).license());
            if (other.getKey().startsWith("/contacts/")) {
                // One row stands for the contacts of all roles; of each role one member comes.
                assertEquals(named.isEmpty() ? 0 : 1, differing.size(), other::toString);
                assertTrue(named.containsAll(differing), other::toString);
            } else {
                assertEquals(named, differing, other::toString);
            }
        }
    }

    @Test
    @DisplayName("C24 members that go together change the license together")
    void membersThatGoTogether_changeTheLicense() throws Exception {
        Application other = Application.read(
                Samples.with(
                        "/keys/jwks/keys/0",
                        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"example-1\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}"));
        Map<String, String> keys = draft(other, "example-desk");
        assertEquals("[\"OKP\"]", keys.get("lic.partner_keys.kty"));
        assertEquals("[\"Ed25519\"]", keys.get("lic.partner_keys.crv"));

        Map<String, String> renamed =
                draft(Application.read(Samples.with("/products/0/id", "\"other-desk\"")), "other-desk");
        assertEquals("\"other-desk\"", renamed.get("lic.product.id"));

        Application swapped = Application.read(Samples.with(
                "/contacts",
                "[{\"role\":\"abuse\",\"email\":\"a@x.example\"},{\"role\":\"technical\",\"email\":\"t@x.example\"}]"));
        assertEquals("\"mailto:t@x.example\"", draft(swapped, "example-desk").get("lic.partner.contact"));
        assertEquals("\"mailto:a@x.example\"", draft(swapped, "example-desk").get("lic.partner.abuse"));
    }

    @Test
    @DisplayName("C24 the documents show the mapping as it is")
    void mapping_inTheDocuments_isThisOne() throws IOException {
        String table = Mapping.rows().stream()
                .map(row -> "| `" + row.member() + "` | "
                        + (row.target().reviewOnly()
                                ? "review: " + row.target().note()
                                : row.target().license().stream()
                                        .map(name -> "`" + name + "`")
                                        .collect(Collectors.joining(", ")))
                        + " |")
                .collect(Collectors.joining("\n"));

        String document = Files.readString(Path.of("..", "docs", "operators.md"));

        assertTrue(document.contains(table), () -> "docs/operators.md lacks this table:\n" + table);
    }

    @Test
    void filledMembers_areThoseOfTheApplication() {
        List<Mapping.Filled> filled = Mapping.filled(Samples.application());

        assertEquals(30, filled.size(), filled::toString);
        assertFalse(filled.stream().anyMatch(each -> each.pointer().contains("*")));
    }

    private static Target target(String pointer) {
        String member = pointer.replaceAll("/[0-9]+", "/*");
        return Mapping.rows().stream()
                .filter(row -> row.member().equals(member))
                .findFirst()
                .orElseThrow(() -> new AssertionError(member + " is in no row"))
                .target();
    }

    /** {@return every member of the license's draft, by its name} */
    private static Map<String, String> draft(Application application, String product) throws IOException {
        Map<String, String> members = new TreeMap<>();
        flatten(
                "",
                Samples.MAPPER.readTree(JsonWriter.write(LicenseDraft.of(application, product, "net.example"))),
                members);
        return members;
    }

    private static void flatten(String at, JsonNode node, Map<String, String> members) {
        if (node.isObject()) {
            node.properties()
                    .forEach(each ->
                            flatten(at.isEmpty() ? each.getKey() : at + "." + each.getKey(), each.getValue(), members));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            for (String name : List.of("kty", "crv", "kid", "x", "y")) {
                members.put(
                        at + "." + name,
                        node.findValuesAsText(name).stream()
                                .map(each -> "\"" + each + "\"")
                                .toList()
                                .toString());
            }
        } else {
            members.put(at, node.toString());
        }
    }
}
