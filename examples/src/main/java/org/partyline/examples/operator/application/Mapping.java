package org.partyline.examples.operator.application;

import java.util.ArrayList;
import java.util.List;
import org.partyline.examples.operator.application.Shape.Group;
import org.partyline.examples.operator.application.Shape.Many;
import org.partyline.examples.operator.application.Shape.Member;
import org.partyline.examples.operator.json.Json;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Obj;

/** Which member of the form becomes what. */
public final class Mapping {
    private Mapping() {}

    /**
     * A row of the mapping.
     *
     * @param member a member of the form, as a JSON pointer in which {@code *} stands for each item
     * @param target what becomes of it
     */
    public record Row(String member, Target target) {}

    /** {@return all rows, in the order of the form} */
    public static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        collect("", Form.WHOLE, Target.review(""), rows);
        return rows;
    }

    /**
     * A member of one application.
     *
     * @param pointer where it stands, as a JSON pointer
     * @param value what it says
     * @param target what becomes of it
     */
    public record Filled(String pointer, Json value, Target target) {}

    /** {@return every member that an application has, in the order of the form} */
    public static List<Filled> filled(Application application) {
        List<Filled> filled = new ArrayList<>();
        fill("", application.form(), Form.WHOLE, Target.review(""), filled);
        return filled;
    }

    private static void fill(String at, Json value, Shape shape, Target target, List<Filled> filled) {
        if (shape instanceof Group group && value instanceof Obj object) {
            for (Member member : group.members()) {
                object.get(member.name())
                        .ifPresent(each ->
                                fill(Problem.child(at, member.name()), each, member.shape(), member.target(), filled));
            }
        } else if (shape instanceof Many many && many.item() instanceof Group item && value instanceof Arr array) {
            for (int i = 0; i < array.items().size(); i++) {
                fill(at + "/" + i, array.items().get(i), item, target, filled);
            }
        } else {
            filled.add(new Filled(at, value, target));
        }
    }

    private static void collect(String at, Shape shape, Target target, List<Row> rows) {
        if (shape instanceof Group group) {
            for (Member member : group.members()) {
                collect(at + "/" + member.name(), member.shape(), member.target(), rows);
            }
        } else if (shape instanceof Many many && many.item() instanceof Group item) {
            collect(at + "/*", item, target, rows);
        } else {
            rows.add(new Row(at, target));
        }
    }
}
