package org.partyline.examples.operator.audit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.partyline.examples.operator.files.Sha256;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Int;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.JsonReader;
import org.partyline.examples.operator.json.JsonSyntaxException;

/** What the next line of a log has to follow. */
final class AuditChain {
    /** How many bytes a line may have, without its end. */
    static final int LONGEST_LINE = 16_384;

    private @Nullable AuditEntry last;

    /** {@return the last entry, if there is one} */
    Optional<AuditEntry> last() {
        return Optional.ofNullable(last);
    }

    /** {@return the number of the next line} */
    long next() {
        return last == null ? 1 : last.seq() + 1;
    }

    /** {@return the next entry; {@link #add} makes it the last one} */
    AuditEntry seal(AuditDraft draft, Instant time) {
        return AuditEntry.of(next(), time, draft, last == null ? Sha256.NONE : last.hash());
    }

    void add(AuditEntry entry) {
        last = entry;
    }

    /**
     * Takes the next line.
     *
     * @return its entry
     * @throws BrokenLogException if it is not one that follows
     */
    AuditEntry add(byte[] line) throws BrokenLogException {
        AuditEntry entry = parse(line);
        // There is one text for each entry: where the bytes differ, so does something that the parser forgives.
        if (!Arrays.equals(entry.line().getBytes(StandardCharsets.UTF_8), line)) {
            throw broken("its hash is not that of its text");
        }
        if (last != null && entry.time().isBefore(last.time())) {
            throw broken("it is older than the line before");
        }
        last = entry;
        return entry;
    }

    private AuditEntry parse(byte[] line) throws BrokenLogException {
        try {
            if (!(JsonReader.read(line, LONGEST_LINE) instanceof Obj object)) {
                throw broken("it is no JSON object");
            }
            if (!(object.get("seq").orElse(null) instanceof Int seq) || seq.value() != next()) {
                throw broken("its number is not " + next());
            }
            if (!object.text("prev").equals(Optional.of(last == null ? Sha256.NONE : last.hash()))) {
                throw broken("it does not follow the line before");
            }
            String event = object.text("ev").orElse("");
            return seal(
                    new AuditDraft(event, own(object)),
                    Instant.parse(object.text("t").orElse("")));
        } catch (JsonSyntaxException e) {
            throw broken("it is no JSON: " + e.getMessage());
        } catch (DateTimeException e) {
            throw broken("its time is none");
        } catch (IllegalArgumentException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
    }

    private static Obj own(Obj object) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.keySet().removeAll(AuditDraft.RESERVED);
        return new Obj(members);
    }

    private BrokenLogException broken(String why) {
        return new BrokenLogException(next(), why);
    }
}
