package org.partyline.examples.operator.application;

import java.util.List;
import java.util.stream.Collectors;

/** An application cannot be taken. It tells of all that is wrong, up to a bound, so that it can be put right in one go. */
public final class InvalidApplicationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidApplicationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** {@return what is wrong, at least one} */
    public List<Problem> problems() {
        return problems;
    }
}
