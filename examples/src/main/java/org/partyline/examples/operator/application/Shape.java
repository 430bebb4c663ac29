package org.partyline.examples.operator.application;

import java.util.List;

/** What a value of the form looks like. The one definition from which reader, schema and mapping come. */
sealed interface Shape {

    /**
     * A text.
     *
     * @param longest how many characters it may have
     * @param pattern what all of it matches, in words that Java and ECMA 262 share
     * @param meaning what it is, for who got it wrong
     */
    record Text(int longest, String pattern, String meaning) implements Shape {}

    /**
     * One of some texts.
     *
     * @param values the texts
     */
    record Choice(List<String> values) implements Shape {}

    /**
     * A whole number.
     *
     * @param least the least
     * @param most the most
     */
    record Whole(long least, long most) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /**
     * An object.
     *
     * @param members the members, and no others
     */
    record Group(List<Member> members) implements Shape {}

    /**
     * An array.
     *
     * @param item what each item looks like
     * @param least how many there are at least
     * @param most how many there are at most
     * @param distinct whether none may be there twice
     */
    record Many(Shape item, int least, int most, boolean distinct) implements Shape {}

    /**
     * A member of an object.
     *
     * @param name its name
     * @param required whether it has to be there
     * @param shape what it looks like
     * @param target what becomes of it; of members with members, what becomes of those
     */
    record Member(String name, boolean required, Shape shape, Target target) {
        static Member of(String name, Shape shape, Target target) {
            return new Member(name, true, shape, target);
        }

        static Member group(String name, Shape shape) {
            return new Member(name, true, shape, Target.review(""));
        }

        Member optional() {
            return new Member(name, false, shape, target);
        }
    }
}
