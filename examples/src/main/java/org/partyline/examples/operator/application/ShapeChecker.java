package org.partyline.examples.operator.application;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.partyline.examples.operator.application.Shape.Choice;
import org.partyline.examples.operator.application.Shape.Flag;
import org.partyline.examples.operator.application.Shape.Group;
import org.partyline.examples.operator.application.Shape.Many;
import org.partyline.examples.operator.application.Shape.Member;
import org.partyline.examples.operator.application.Shape.Text;
import org.partyline.examples.operator.application.Shape.Whole;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Bool;
import org.partyline.examples.operator.json.Json.Int;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.Json.Str;

/** Compares a value with its shape, and notes every difference. */
final class ShapeChecker {
    /** How many problems are noted; who has more has sent something else. */
    static final int MOST_PROBLEMS = 50;

    private final List<Problem> problems = new ArrayList<>();

    List<Problem> problems() {
        return problems;
    }

    void note(String pointer, String message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(pointer, message));
        }
    }

    void check(String at, Json value, Shape shape) {
        if (shape instanceof Group group) {
            if (value instanceof Obj object) {
                group(at, object, group);
            } else {
                expected(at, "an object", value);
            }
        } else if (shape instanceof Many many) {
            if (value instanceof Arr array) {
                many(at, array, many);
            } else {
                expected(at, "an array", value);
            }
        } else if (shape instanceof Text text) {
            if (value instanceof Str string) {
                text(at, string.value(), text);
            } else {
                expected(at, "a text", value);
            }
        } else if (shape instanceof Choice choice) {
            if (!(value instanceof Str string) || !choice.values().contains(string.value())) {
                note(at, "it is one of " + String.join(", ", choice.values()));
            }
        } else if (shape instanceof Whole whole) {
            if (!(value instanceof Int number) || number.value() < whole.least() || number.value() > whole.most()) {
                note(at, "it is a whole number, " + whole.least() + " to " + whole.most());
            }
        } else if (shape instanceof Flag && !(value instanceof Bool)) {
            expected(at, "true or false", value);
        }
    }

    private void group(String at, Obj object, Group group) {
        for (Member member : group.members()) {
            Json value = object.members().get(member.name());
            if (value != null) {
                check(Problem.child(at, member.name()), value, member.shape());
            } else if (member.required()) {
                note(Problem.child(at, member.name()), "it is missing");
            }
        }
        Map<String, Member> known = group.members().stream().collect(Collectors.toMap(Member::name, member -> member));
        for (String name : object.members().keySet()) {
            if (!known.containsKey(name)) {
                note(
                        Problem.child(at, name),
                        "there is no such member; there are "
                                + group.members().stream().map(Member::name).collect(Collectors.joining(", ")));
            }
        }
    }

    private void many(String at, Arr array, Many many) {
        int count = array.items().size();
        if (count < many.least() || count > many.most()) {
            note(at, "it has " + many.least() + " to " + many.most() + " items, not " + count);
        }
        if (many.distinct() && new HashSet<>(array.items()).size() < count) {
            note(at, "an item is there twice");
        }
        for (int i = 0; i < Math.min(count, many.most()); i++) {
            check(at + "/" + i, array.items().get(i), many.item());
        }
    }

    private void text(String at, String value, Text text) {
        int length = value.codePointCount(0, value.length());
        if (length > text.longest()) {
            note(at, "it has " + length + " characters, and " + text.longest() + " are allowed");
        } else if (!value.matches(text.pattern())) {
            note(at, "it is " + text.meaning());
        }
    }

    private void expected(String at, String what, Json value) {
        note(at, "it is " + what + ", not " + value.kind());
    }
}
