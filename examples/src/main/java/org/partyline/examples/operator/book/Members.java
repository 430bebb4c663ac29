package org.partyline.examples.operator.book;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.partyline.examples.operator.audit.EntryRefusedException;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Int;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.Json.Str;

/** Takes the members of an object one by one, and knows which were left. */
final class Members {
    private final Map<String, Json> left;

    Members(Obj object) {
        left = new TreeMap<>(object.members());
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    String text(String name) throws EntryRefusedException {
        if (left.remove(name) instanceof Str text) {
            return text.value();
        }
        throw wrong(name);
    }

    long number(String name) throws EntryRefusedException {
        if (left.remove(name) instanceof Int number) {
            return number.value();
        }
        throw wrong(name);
    }

    Instant time(String name) throws EntryRefusedException {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw wrong(name);
        }
    }

    List<String> texts(String name) throws EntryRefusedException {
        if (!(left.remove(name) instanceof Arr array)) {
            throw wrong(name);
        }
        List<String> texts = new ArrayList<>();
        for (Json each : array.items()) {
            if (!(each instanceof Str text)) {
                throw wrong(name);
            }
            texts.add(text.value());
        }
        return texts;
    }

    Members object(String name) throws EntryRefusedException {
        if (left.remove(name) instanceof Obj object) {
            return new Members(object);
        }
        throw wrong(name);
    }

    /** {@return all that are left, which are numbers} */
    Map<String, Long> numbers() throws EntryRefusedException {
        Map<String, Long> numbers = new TreeMap<>();
        for (String name : Set.copyOf(left.keySet())) {
            numbers.put(name, number(name));
        }
        return numbers;
    }

    void end() throws EntryRefusedException {
        if (!left.isEmpty()) {
            throw new EntryRefusedException("it has members that do not belong: " + String.join(", ", left.keySet()));
        }
    }

    private static EntryRefusedException wrong(String name) {
        return new EntryRefusedException("its member " + name + " is missing or wrong");
    }
}
