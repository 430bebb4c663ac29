package org.partyline.examples.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.partyline.examples.operator.application.Samples;
import org.partyline.examples.operator.book.Ledger;

/** The commands, as they are given, on a directory. */
class OperatorCommandTest {
    private final SetClock clock = SetClock.standard();

    @TempDir
    private Path directory;

    private Path home = Path.of("");
    private Path form = Path.of("");
    private Path report = Path.of("");
    private Operator operator = new Operator(home, clock);

    @BeforeEach
    void prepare() throws IOException {
        home = directory.resolve("books");
        form = Files.write(directory.resolve("application.json"), Samples.text());
        report = Files.writeString(directory.resolve("report.json"), "{}");
        operator = new Operator(home, clock);
    }

    @Test
    void license_fromApplicationToRenewal() throws IOException {
        String id = granted("t1");
        assertTrue(operator.ok("list").contains("granted  example-desk of Example Messenger GmbH, t1, revision 1"));

        JsonNode amended = operator.json("amend", id, "--quota", "sess_user=4,users_30d=0", "--versions", ">=5");
        assertEquals(2, amended.get("revision").asInt());
        assertEquals(
                "{\"sess_total\":20000,\"sess_user\":4}",
                amended.at("/terms/quota").toString());
        assertEquals(">=5", amended.at("/terms/versions").asText());
        assertEquals("2027-11-22T21:30:00Z", amended.at("/terms/exp").asText());

        operator.ok("suspend", id, "--why", "spam wave", "--until", "2026-12-24");
        assertTrue(operator.ok("show", id).contains("until 2026-12-24T00:00:00Z by op:reviewer-1: spam wave"));
        assertTrue(operator.ok("review").contains("Nothing waits"));
        clock.pass(Duration.ofDays(40));
        assertTrue(operator.ok("review").contains(id));
        operator.ok("lift", id);

        clock.pass(Duration.ofDays(330));
        assertEquals("grace", operator.json("show", id).get("state").asText());
        operator.fails(1, "it is grace", "amend", id, "--days", "10");
        clock.pass(Duration.ofDays(14));
        assertEquals(
                1, operator.json("list", "--state", "expired").get("licenses").size());
        JsonNode renewed = operator.json("renew", id);
        assertEquals("granted", renewed.get("state").asText());
        assertEquals(3, renewed.get("revision").asInt());

        operator.ok("revoke", id, "--why", "sold its keys");
        JsonNode shown = operator.json("show", id);
        assertEquals("revoked", shown.get("state").asText());
        assertEquals(9, shown.get("history").size());
        operator.fails(1, "it is revoked", "withdraw", id);
        operator.ok("audit", "verify");
    }

    @Test
    void highTier_isGrantedByTwoPersons() throws IOException {
        String id = inReview();
        String first = operator.ok("grant", id, "--tier", "t2");
        assertTrue(first.contains("Not yet") && first.contains("operator grant " + id), first);
        clock.pass(Duration.ofHours(1));
        assertTrue(operator.ok("review").contains("a second person is needed"));
        operator.fails(1, "op:reviewer-1 was the first", "grant", id);

        JsonNode license = operator.json("grant", id, "--as", "reviewer-2");

        assertEquals("granted", license.get("state").asText());
        assertEquals("t2", license.at("/terms/tier").asText());
        assertEquals("2027-11-22T21:30:00Z", license.at("/terms/exp").asText());
    }

    @Test
    void review_withAQuestion_andAnAnswerWithANewForm() throws IOException {
        String id = inReview();
        operator.ok("ask", id, "--why", "Which register?");
        operator.fails(1, "it is info_requested", "reject", id, "--why", "no");
        Path other = Files.write(directory.resolve("other.json"), Samples.with("/organisation/reg_no", "\"HRB 4321\""));
        operator.ok("answer", id, "--why", "Another one", "--form", other.toString());

        String sheet = operator.ok("review", id);

        assertTrue(sheet.contains("/organisation/reg_no  HRB 4321  (its number"), sheet);
        assertTrue(sheet.contains("/products/0/id  example-desk  (lic.product.id)"), sheet);
        operator.ok("reject", id, "--why", "not in that register either");
        assertTrue(operator.ok("show", id).contains("via=op:reviewer-1"));
    }

    @Test
    void application_handedInTwice_changesNothing() throws IOException {
        operator.ok("init", "--network", "net.example");
        JsonNode first = operator.json("apply", form.toString());
        byte[] log = Files.readAllBytes(log());

        JsonNode again = operator.typing(Samples.text()).json("apply", "-");

        assertEquals(first, again);
        assertArrayEquals(log, Files.readAllBytes(log()));
        Files.write(form, Samples.with("/users/now", "1"));
        operator.fails(1, "example-desk has " + first.at("/licenses/0/license").asText(), "apply", form.toString());
    }

    @Test
    void formThatIsRefused_isNotKept() throws IOException {
        String id = granted("t1");
        operator.ok("revoke", id, "--why", "sold its keys");
        Files.write(form, Samples.with("/products/0/id", "\"other-desk\""));

        operator.fails(1, "cannot apply for other-desk: one of its keys was that of " + id, "apply", form.toString());
        operator.fails(
                1,
                "it is revoked",
                "answer",
                id,
                "--why",
                "please",
                "--form",
                sameProduct().toString());

        try (Stream<Path> files = Files.list(home.resolve("applications"))) {
            assertEquals(1, files.count());
        }
    }

    private Path sameProduct() throws IOException {
        return Files.write(directory.resolve("same.json"), Samples.with("/users/now", "1"));
    }

    @Test
    void application_withSeveralProducts_becomesAsManyLicenses() throws IOException {
        operator.ok("init", "--network", "net.example");
        JsonNode first = operator.json("apply", form.toString());
        String two = new String(Samples.text(), StandardCharsets.UTF_8).replace("\"example-desk\"", "\"example-web\"");
        JsonNode product = new ObjectMapper().readTree(two).at("/products/0");
        Files.write(form, Samples.with("/products/-", product.toString()));
        operator.fails(
                1,
                "has",
                "apply",
                form.toString(),
                "--partner",
                first.get("partner").asText());
        operator.fails(1, "there is no partner ptn_other", "apply", form.toString(), "--partner", "ptn_other");
        operator.ok("withdraw", first.at("/licenses/0/license").asText());

        JsonNode applied = operator.json(
                "apply", form.toString(), "--partner", first.get("partner").asText());

        assertEquals(2, applied.get("licenses").size());
        assertEquals(first.get("partner"), applied.at("/licenses/1/partner"));
    }

    @Test
    void applicationThatIsNot_isToldAllItsProblems() throws IOException {
        operator.ok("init", "--network", "net.example");
        Files.writeString(form, "{\"organisation\":{\"name\":7}}");

        assertEquals(1, operator.run("apply", form.toString()));
        List<String> errors = operator.err().lines().toList();
        assertEquals("error: /organisation/name: it is a text, not a whole number", errors.get(0));
        assertEquals("error: /organisation/country: it is missing", errors.get(1));
        assertEquals(7, errors.size());

        assertEquals(1, operator.run("apply", form.toString(), "--json"));
        JsonNode problems = new ObjectMapper().readTree(operator.out()).get("problems");
        assertEquals(7, problems.size());
        assertEquals("/organisation/name", problems.at("/0/pointer").asText());
        assertEquals(1, Files.readAllLines(log()).size());
        assertFalse(Files.exists(home.resolve("applications")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operator | which command",
                "init | --network",
                "init --network Net.Example | lower case",
                "init --network net.example --as Reviewer! | no name of an actor",
                "apply | FILE",
                "grant ID | --tier",
                "grant ID --tier t77 | t0 to t9",
                "grant ID --tier t1 --days 1 --expires 2027-01-01 | not both",
                "grant ID --tier t1 --expires soon | a day is",
                "grant ID --tier t1 --feature telepathy | features are",
                "grant ID --tier t1 --platform amiga | platforms are",
                "grant ID --tier t1 --quota wishes=3 | quotas are",
                "grant ID --tier t1 --quota msg_s=many | many",
                "grant ID --tier t1 --quota msg_s=-1 | a quota is",
                "grant ID --tier t1 --grace-days 1000 | 0 to 90",
                "grant ID --tier t1 --versions latest | conditions",
                "reject ID | --why",
                "suspend ID --why x | --until",
                "suspend ID --why x --until soon | a day is",
                "review --self-check x | goes with an ID",
                "list --state lost | lost",
                "audit | which command",
                "audit verify --expect 7 | SEQ:HASH",
                "audit show -n 0 | 1 to 10000"
            })
    void commandLine_thatCannotBeUsed_exitsWithTwo(String line, String part) throws IOException {
        String id = inReview();
        byte[] log = Files.readAllBytes(log());
        String[] arguments =
                line.equals("operator") ? new String[0] : line.replace("ID", id).split(" ");

        operator.fails(2, part, arguments);
        assertArrayEquals(log, Files.readAllBytes(log()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "show lic_NOBODY | there is no license lic_NOBODY",
                "grant lic_NOBODY --tier t1 | there is no license lic_NOBODY",
                "apply /does/not/exist.json | there is no file /does/not/exist.json",
                "review ID --self-check /does/not/exist.json | there is no file",
                "lift ID | cannot lift ID: it is in_review",
                "init --network net.example | not empty",
                "audit verify --expect 99:sha256:" + ZEROS + " | line 5: it is missing, and all up to 99",
                "audit verify --expect 2:sha256:" + ZEROS + " | line 2: its hash is another"
            })
    void whatIsRefused_exitsWithOne_andSaysWhy(String line, String part) throws IOException {
        String id = inReview();
        byte[] log = Files.readAllBytes(log());

        operator.fails(1, part.replace("ID", id), line.replace("ID", id).split(" "));

        assertArrayEquals(log, Files.readAllBytes(log()));
    }

    private static final String ZEROS = "0000000000000000000000000000000000000000000000000000000000000000";

    @Test
    void commandWithoutBooks_saysHowToMakeSome() {
        for (String command : List.of("list", "review", "show lic_7Q2M4", "lift lic_7Q2M4", "audit verify")) {
            operator.fails(1, "operator init", command.split(" "));
        }
        assertFalse(Files.exists(home));
    }

    @Test
    void booksInUse_areLeftAlone_andCanBeLookedAt() throws IOException {
        String id = inReview();
        try (Ledger other = Ledger.open(log(), clock)) {
            operator.fails(1, "another process is writing", "grant", id, "--tier", "t1");
            assertTrue(operator.ok("list").contains(id));
            assertTrue(other.checkpoint().isPresent());
        }
        operator.ok("grant", id, "--tier", "t1");
    }

    @Test
    void logThatWasEdited_isReadByNoCommand() throws IOException {
        String id = granted("t1");
        String log = Files.readString(log());
        Files.writeString(log(), log.replace("\"tier\":\"t1\"", "\"tier\":\"t0\""));

        for (String command : List.of("list", "review", "show " + id, "lift " + id, "audit verify", "audit show")) {
            operator.fails(1, "broken at line 5: its hash is not that of its text", command.split(" "));
        }
    }

    @Test
    void logThatWasCutOff_isRepairedByTheNextCommandThatWrites() throws IOException {
        String id = inReview();
        byte[] log = Files.readAllBytes(log());
        operator.ok("grant", id, "--tier", "t1");
        byte[] longer = Files.readAllBytes(log());
        Files.write(log(), Arrays.copyOf(longer, log.length + 50));
        operator.fails(1, "its writing was cut off", "audit", "verify");
        assertTrue(operator.ok("list").contains("in_review"));

        operator.ok("grant", id, "--tier", "t1");

        assertTrue(operator.ok("audit", "show").contains("log.repaired  bytes=50"));
        operator.ok("audit", "verify");
    }

    @Test
    void formThatWasEdited_isNotBelieved() throws IOException {
        String id = inReview();
        Path kept;
        try (Stream<Path> files = Files.list(home.resolve("applications"))) {
            kept = files.findFirst().orElseThrow();
        }
        Files.write(kept, Samples.with("/organisation/name", "\"Another\""));
        operator.fails(1, "is not what was handed in", "grant", id, "--tier", "t1");
        Files.delete(kept);
        operator.fails(1, "is not there any more", "review", id);
    }

    @Test
    void checkpoint_keptElsewhere_findsLinesMissing() throws IOException {
        String id = inReview();
        byte[] before = Files.readAllBytes(log());
        operator.ok("grant", id, "--tier", "t1");
        String checkpoint = operator.json("audit", "verify").get("checkpoint").asText();
        operator.ok("audit", "verify", "--expect", checkpoint);
        Files.write(log(), before);

        operator.ok("audit", "verify");
        operator.fails(1, "line 5: it is missing", "audit", "verify", "--expect", checkpoint);
    }

    @Test
    void booksBelongToTheirOwnerAlone() throws IOException {
        inReview();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.toList()) {
                assertEquals(
                        Files.isDirectory(each) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
                        each.toString());
            }
        }
    }

    @Test
    void terminal_getsLinesThatFit_andColorsUnlessUnwanted() throws IOException {
        String id = granted("t1");
        operator.with("PARTYLINE_COLUMNS", "40").with("TERM", "xterm");
        String colored = operator.ok("show", id);
        assertTrue(colored.contains("\u001B["), colored);

        String plain = operator.with("NO_COLOR", "1").ok("show", id);

        assertFalse(plain.contains("\u001B["), plain);
        assertTrue(plain.lines().allMatch(line -> line.length() <= 40), plain);
        assertFalse(operator.json("show", id).toString().contains("\u001B"));
    }

    @Test
    void whatPartnersWrote_isHarmlessOnATerminal() throws IOException {
        Files.write(form, Samples.with("/organisation/name", "\"Example \u202eLtd\""));
        operator.ok("init", "--network", "net.example");

        String text = operator.ok("apply", form.toString());

        assertTrue(text.contains("Example <U+202E>Ltd"), text);
    }

    private String inReview() throws IOException {
        operator.ok("init", "--network", "net.example");
        String id = operator.json("apply", form.toString())
                .at("/licenses/0/license")
                .asText();
        operator.ok("review", id, "--self-check", report.toString());
        return id;
    }

    private String granted(String tier) throws IOException {
        String id = inReview();
        operator.ok("grant", id, "--tier", tier);
        return id;
    }

    private Path log() {
        return home.resolve("audit.jsonl");
    }
}
