package org.partyline.examples.operator.application;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.partyline.examples.operator.files.Sha256;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.JsonReader;
import org.partyline.examples.operator.json.JsonSyntaxException;
import org.partyline.examples.operator.json.JsonWriter;

/**
 * A partner's application, which is as the form has it.
 *
 * @param form the form, filled in
 */
public record Application(Obj form) {

    /**
     * {@return the application that a text holds}
     *
     * @param bytes the text
     * @throws InvalidApplicationException if it holds none; tells all that is wrong
     */
    public static Application read(byte[] bytes) throws InvalidApplicationException {
        Json value;
        try {
            value = JsonReader.read(bytes, Form.MOST_BYTES);
        } catch (JsonSyntaxException e) {
            throw new InvalidApplicationException(List.of(new Problem("", String.valueOf(e.getMessage()))));
        }
        ShapeChecker checker = new ShapeChecker();
        checker.check("", value, Form.WHOLE);
        // What members say together means nothing where one of them says nothing.
        if (checker.problems().isEmpty() && value instanceof Obj form) {
            new Consistency(checker).check(new Application(form));
        }
        if (!checker.problems().isEmpty()) {
            throw new InvalidApplicationException(checker.problems());
        }
        return new Application((Obj) value);
    }

    /** {@return how many bytes an application may have} */
    public static int mostBytes() {
        return Form.MOST_BYTES;
    }

    /** {@return the one text of this application, whatever spaces and escapes it came with} */
    public byte[] bytes() {
        return JsonWriter.write(form).getBytes(StandardCharsets.UTF_8);
    }

    /** {@return the digest of {@link #bytes()}} */
    public String digest() {
        return Sha256.of(bytes());
    }

    /** {@return the organization's name} */
    public String organization() {
        return text(object(form, "organisation"), "name");
    }

    /** {@return the products, each of which needs a license} */
    public List<Obj> products() {
        return objects(form, "products");
    }

    /** {@return the product of an id} */
    public Obj product(String id) {
        return products().stream()
                .filter(each -> text(each, "id").equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no product " + id + " in the application"));
    }

    /** {@return the partner's public keys, as they stand in the form} */
    public List<Obj> keys() {
        return form.get("keys").isPresent() ? objects(object(object(form, "keys"), "jwks"), "keys") : List.of();
    }

    /** {@return the thumbprints of the partner's keys (RFC 7638)} */
    public List<String> thumbprints() {
        List<String> thumbprints = new ArrayList<>();
        for (Obj key : keys()) {
            TreeMap<String, Json> hashed = new TreeMap<>(key.members());
            hashed.remove("kid");
            byte[] text = JsonWriter.write(new Obj(hashed)).getBytes(StandardCharsets.UTF_8);
            thumbprints.add(Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.raw(text)));
        }
        return thumbprints;
    }

    List<Obj> contacts() {
        return objects(form, "contacts");
    }

    static Obj object(Obj parent, String name) {
        return (Obj) member(parent, name);
    }

    static String text(Obj parent, String name) {
        return ((Json.Str) member(parent, name)).value();
    }

    static Json member(Obj parent, String name) {
        return parent.get(name).orElseThrow(() -> new IllegalArgumentException("no member " + name));
    }

    private static List<Obj> objects(Obj parent, String name) {
        return ((Arr) member(parent, name))
                .items().stream().map(Obj.class::cast).toList();
    }
}
