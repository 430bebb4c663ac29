package org.partyline.examples.operator.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value. Immutable; what is equal here is the same value, in whatever order an object's members came. */
public sealed interface Json {

    /** {@return a text} */
    static Str of(String value) {
        return new Str(value);
    }

    /** {@return a whole number} */
    static Int of(long value) {
        return new Int(value);
    }

    /** {@return an array of texts} */
    static Arr of(Iterable<String> values) {
        List<Json> items = new ArrayList<>();
        values.forEach(each -> items.add(of(each)));
        return new Arr(items);
    }

    /** {@return what kind of value this is, in a reader's words} */
    String kind();

    /**
     * An object.
     *
     * @param members the members, in the order in which they came
     */
    record Obj(Map<String, Json> members) implements Json {
        /** An object without members. */
        public static final Obj EMPTY = new Obj(Map.of());

        /** Copies the members. */
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** {@return the member of a name, if there is one} */
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** {@return the member of a name, if that is a text} */
        public Optional<String> text(String name) {
            return get(name).filter(Str.class::isInstance).map(each -> ((Str) each).value());
        }

        /** {@return this with one more member, or with another value for it} */
        public Obj with(String name, Json value) {
            Map<String, Json> more = new LinkedHashMap<>(members);
            more.put(name, value);
            return new Obj(more);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /**
     * An array.
     *
     * @param items the items
     */
    record Arr(List<Json> items) implements Json {
        /** Copies the items. */
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    /**
     * A text.
     *
     * @param value the text
     */
    record Str(String value) implements Json {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /**
     * A whole number.
     *
     * @param value the number
     */
    record Int(long value) implements Json {
        @Override
        public String kind() {
            return "a whole number";
        }
    }

    /**
     * A number with a point or an exponent, or one beyond 64 bits. No format here takes one, but who reads a form says so
     * at the member where it stands.
     *
     * @param text as it was written
     */
    record Decimal(String text) implements Json {
        @Override
        public String kind() {
            return "a number that is not whole";
        }
    }

    /**
     * True or false.
     *
     * @param value which of them
     */
    record Bool(boolean value) implements Json {
        @Override
        public String kind() {
            return "true or false";
        }
    }

    /** The value {@code null}. */
    record Null() implements Json {
        @Override
        public String kind() {
            return "null";
        }
    }
}
