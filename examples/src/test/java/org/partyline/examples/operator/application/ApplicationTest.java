package org.partyline.examples.operator.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.partyline.examples.operator.json.JsonWriter;

/** The form: what is taken, what is not and where, and that the schema says the same. */
class ApplicationTest {
    private static final URI SCHEMA = URI.create("urn:test:application");
    private static final Validator VALIDATOR = validator();

    @Test
    void application_thatDocumentsShow_isTaken() throws InvalidApplicationException {
        Application application = Application.read(Samples.text());

        assertEquals("Example Messenger GmbH", application.organization());
        assertEquals(1, application.products().size());
        assertTrue(schemaTakes(Samples.text()));
    }

    @Test
    void application_writtenAndReadAgain_isTheSame() throws InvalidApplicationException {
        Application application = Samples.application();

        Application again = Application.read(application.bytes());

        assertEquals(application, again);
        assertEquals(application.digest(), again.digest());
    }

    @Test
    void thumbprint_isThatOfRfc7638() throws Exception {
        byte[] text = Samples.with(
                "/keys/jwks/keys/0",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");

        // RFC 8037, A.3
        assertEquals(
                List.of("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
                Application.read(text).thumbprints());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/organisation/name | \"X\"",
                "/organisation/name | \"\u00c9coute \u4e2d\u6587 \ud83d\ude42\"",
                "/organisation/reg_no |",
                "/contacts/0/name |",
                "/contacts/- | {\"role\":\"business\",\"email\":\"a.b+c@x.example\"}",
                "/products/0/versions | \"=1\"",
                "/products/0/versions | \">1.2.3.4 <=9 >2 <8\"",
                "/products/0/platforms | [\"jvm\",\"android\",\"ios\"]",
                "/products/0/protocols | [\"xmpp\",\"msnp\"]",
                "/products/0/e2ee | true",
                "/products/0/site | \"https://a.b.example:8443/x?y=z\"",
                "/users/now | 0",
                "/users/in_12_months | 1000000000"
            })
    void formThatIsInOrder_isTaken_bySchemaToo(String pointer, @Nullable String json) throws Exception {
        byte[] text = Samples.with(pointer, json);

        Application.read(text);
        assertTrue(schemaTakes(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | [] | '' | an object, not an array",
                "'' | null | '' | an object, not null",
                "/organisation |  | /organisation | missing",
                "/organisation | \"x\" | /organisation | an object, not a text",
                "/organisation/name |  | /organisation/name | missing",
                "/organisation/name | \"\" | /organisation/name | one line",
                "/organisation/name | \"  \" | /organisation/name | one line",
                "/organisation/name | 7 | /organisation/name | a text, not a whole number",
                "/organisation/name | null | /organisation/name | a text, not null",
                "/organisation/name | \"a\\nb\" | /organisation/name | one line",
                "/organisation/name | \"\\u001b[31m\" | /organisation/name | one line",
                "/organisation/country | \"de\" | /organisation/country | two letters",
                "/organisation/country | \"DEU\" | /organisation/country | 2 are allowed",
                "/organisation/vat | \"x\" | /organisation/vat | no such member; there are name, country, reg_no",
                "/organization | {} | /organization | no such member",
                "/a~1b | 1 | /a~01b | no such member",
                "/contacts | [] | /contacts | 2 to 10 items, not 0",
                "/contacts | {} | /contacts | an array, not an object",
                "/contacts/0/role | \"boss\" | /contacts/0/role | one of technical, abuse",
                "/contacts/0/email | \"nobody\" | /contacts/0/email | an email address",
                "/contacts/0/email | \"a@b\" | /contacts/0/email | an email address",
                "/contacts/0/email | \"a b@c.example\" | /contacts/0/email | an email address",
                "/contacts/0/email | \"<a@c.example>\" | /contacts/0/email | an email address",
                "/products | [] | /products | 1 to 8 items",
                "/products/0/id | \"Example Desk\" | /products/0/id | lower case",
                "/products/0/versions | \"latest\" | /products/0/versions | conditions such as",
                "/products/0/versions | \">=4.2.0  <6\" | /products/0/versions | conditions such as",
                "/products/0/platforms | [] | /products/0/platforms | 1 to 8 items, not 0",
                "/products/0/platforms | [\"jvm\",\"jvm\"] | /products/0/platforms | twice",
                "/products/0/platforms/0 | \"amiga\" | /products/0/platforms/0 | one of jvm",
                "/products/0/site | \"http://a.example\" | /products/0/site | an https address",
                "/products/0/site | \"https://localhost/\" | /products/0/site | an https address",
                "/products/0/profile | \"root\" | /products/0/profile | one of backend, embedded, bot",
                "/products/0/features | [\"telepathy\"] | /products/0/features/0 | one of presence",
                "/products/0/protocols | [\"irc\"] | /products/0/protocols/0 | one of xmpp, msnp",
                "/products/0/e2ee | \"no\" | /products/0/e2ee | true or false, not a text",
                "/users/now | -1 | /users/now | 0 to 1000000000",
                "/users/in_12_months | 0 | /users/in_12_months | 1 to 1000000000",
                "/users/in_12_months | 1.5 | /users/in_12_months | a whole number",
                "/users/in_12_months | \"50000\" | /users/in_12_months | a whole number",
                "/users/peak_msg_s | 99999999999999999999 | /users/peak_msg_s | a whole number",
                "/keys/jwks/keys | [] | /keys/jwks/keys | 1 to 8 items",
                "/keys/jwks/keys/0/d | \"secret\" | /keys/jwks/keys/0/d | no such member",
                "/keys/jwks/keys/0/x | \"short\" | /keys/jwks/keys/0/x | 32 bytes",
                "/keys/jwks/keys/0/kty | \"RSA\" | /keys/jwks/keys/0/kty | one of EC, OKP",
                "/upgrade_url | \"ftp://a.example\" | /upgrade_url | an https address",
                "/terms/accepted_at | \"yesterday\" | /terms/accepted_at | a time such as",
                "/terms/accepted_at | \"2026-11-20T10:00:00+01:00\" | /terms/accepted_at | 20 are allowed"
            })
    void formThatIsNot_isRefusedAtThatMember_bySchemaToo(
            String pointer, @Nullable String json, String where, String what) {
        byte[] text = Samples.with(pointer, json);

        assertProblem(text, where, what);
        assertTrue(!schemaTakes(text), "the schema takes it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/contacts/1/role | \"security\" | /contacts | role is abuse",
                "/contacts/- | {\"role\":\"abuse\",\"email\":\"b@x.example\"} | /contacts | one contact whose role is abuse",
                "/keys |  | /products/0/profile | a backend needs a key",
                "/keys/jwks/keys/0/y |  | /keys/jwks/keys/0 | EC on P-256 with x and y",
                "/keys/jwks/keys/0/crv | \"Ed25519\" | /keys/jwks/keys/0 | OKP on Ed25519",
                "/keys/jwks/keys/- | {\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"example-1\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"} | /keys/jwks/keys/1/kid | another item has it",
                "/terms/accepted_at | \"2026-02-30T10:00:00Z\" | /terms/accepted_at | no such time"
            })
    void formThatContradictsItself_isRefused(String pointer, @Nullable String json, String where, String what) {
        assertProblem(Samples.with(pointer, json), where, what);
    }

    @Test
    void productThatIsThereTwice_isRefused() throws IOException {
        String product =
                Samples.MAPPER.readTree(Samples.text()).at("/products/0").toString();

        assertProblem(Samples.with("/products/-", product), "/products/1/id", "another item has it");
    }

    @Test
    void formWithManyProblems_isToldAllOfThem_upToABound() {
        InvalidApplicationException three = refused("{\"organisation\":{},\"more\":1}");
        assertEquals(8, three.problems().size(), three.problems()::toString);

        StringBuilder many = new StringBuilder("{\"a0\":1");
        for (int i = 1; i < 100; i++) {
            many.append(",\"a").append(i).append("\":1");
        }
        assertEquals(
                ShapeChecker.MOST_PROBLEMS,
                refused(many.append('}').toString()).problems().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"organisation\":{},\"organisation\":{}}", "{} {}", "nonsense"})
    void textThatIsNoJson_isRefused(String text) {
        assertEquals("", refused(text).problems().get(0).pointer());
    }

    @Test
    void formThatIsTooLarge_isRefused() {
        assertTrue(refused(" ".repeat(Form.MOST_BYTES + 1))
                .problems()
                .get(0)
                .message()
                .contains("65536 are allowed"));
    }

    @Test
    void schema_isTheOneThatTheFormMakes() throws IOException {
        assertEquals(
                Samples.MAPPER.readTree(JsonWriter.write(Schema.document())), Samples.MAPPER.readTree(schemaText()));
    }

    private static InvalidApplicationException refused(String text) {
        return assertThrows(
                InvalidApplicationException.class, () -> Application.read(text.getBytes(StandardCharsets.UTF_8)), text);
    }

    private static void assertProblem(byte[] text, String where, String what) {
        List<Problem> problems = assertThrows(InvalidApplicationException.class, () -> Application.read(text))
                .problems();
        assertEquals(where, problems.get(0).pointer(), problems::toString);
        assertTrue(problems.get(0).message().contains(what), problems::toString);
    }

    private static boolean schemaTakes(byte[] text) {
        return VALIDATOR
                .validate(SCHEMA, new String(text, StandardCharsets.UTF_8))
                .isValid();
    }

    private static Validator validator() {
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .createValidator();
        validator.registerSchema(SCHEMA, schemaText());
        return validator;
    }

    private static String schemaText() {
        try (InputStream in = Application.class.getResourceAsStream("application.schema.json")) {
            return new String(Objects.requireNonNull(in, "the schema").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
