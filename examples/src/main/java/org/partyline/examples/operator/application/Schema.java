package org.partyline.examples.operator.application;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partyline.examples.operator.application.Shape.Choice;
import org.partyline.examples.operator.application.Shape.Group;
import org.partyline.examples.operator.application.Shape.Many;
import org.partyline.examples.operator.application.Shape.Member;
import org.partyline.examples.operator.application.Shape.Text;
import org.partyline.examples.operator.application.Shape.Whole;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Bool;
import org.partyline.examples.operator.json.Json.Obj;

/** The form as a JSON Schema (2020-12), which lies beside this class as {@code application.schema.json}. */
final class Schema {
    private Schema() {}

    static Obj document() {
        Obj head = Obj.EMPTY
                .with("$schema", Json.of("https://json-schema.org/draft/2020-12/schema"))
                .with("title", Json.of("Application for a license"))
                .with(
                        "$comment",
                        Json.of(
                                "Beyond this: one technical and one abuse contact, no id and no kid twice, a key where a"
                                        + " product has a backend, and of a key what goes with its kind."));
        Map<String, Json> all = new LinkedHashMap<>(head.members());
        all.putAll(of(Form.WHOLE).members());
        return new Obj(all);
    }

    private static Obj of(Shape shape) {
        if (shape instanceof Group group) {
            return group(group);
        }
        if (shape instanceof Many many) {
            Obj array = type("array")
                    .with("minItems", Json.of(many.least()))
                    .with("maxItems", Json.of(many.most()))
                    .with("items", of(many.item()));
            return many.distinct() ? array.with("uniqueItems", new Bool(true)) : array;
        }
        if (shape instanceof Text text) {
            return type("string")
                    .with("maxLength", Json.of(text.longest()))
                    .with("pattern", Json.of("^(?:" + text.pattern() + ")$"))
                    .with("description", Json.of(text.meaning()));
        }
        if (shape instanceof Choice choice) {
            return Obj.EMPTY.with("enum", Json.of(choice.values()));
        }
        if (shape instanceof Whole whole) {
            return type("integer").with("minimum", Json.of(whole.least())).with("maximum", Json.of(whole.most()));
        }
        return type("boolean");
    }

    private static Obj group(Group group) {
        Obj properties = Obj.EMPTY;
        List<Json> required = new ArrayList<>();
        for (Member member : group.members()) {
            properties = properties.with(member.name(), of(member.shape()));
            if (member.required()) {
                required.add(Json.of(member.name()));
            }
        }
        return type("object")
                .with("properties", properties)
                .with("required", new Arr(required))
                .with("additionalProperties", new Bool(false));
    }

    private static Obj type(String name) {
        return Obj.EMPTY.with("type", Json.of(name));
    }
}
