package org.partyline.examples.operator.book;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be done about a license, who does it, and what has to be told with it. */
public enum Action {
    /** A partner asks for a license. */
    APPLY("applied", Role.PARTNER),
    /** Somebody begins to look at it. */
    REVIEW("review_started", Role.OPERATOR),
    /** The partner is asked something. */
    ASK("info_requested", Role.OPERATOR),
    /** The partner answers. A new form may come with it. */
    ANSWER("info_given", Role.PARTNER),
    /** Somebody saw the report of a self-check that passed. */
    CHECK("checked", Role.OPERATOR),
    /** The first of two persons agrees to terms; the second one's action makes them so. */
    APPROVE("approved", Role.OPERATOR),
    /** The license becomes good. */
    GRANT("granted", Role.OPERATOR),
    /** It will not become good. */
    REJECT("rejected", Role.OPERATOR),
    /** Its terms change. */
    AMEND("amended", Role.OPERATOR),
    /** It is not good for a while. */
    SUSPEND("suspended", Role.OPERATOR),
    /** It is good again. */
    LIFT("lifted", Role.OPERATOR),
    /** It is over for good. */
    REVOKE("revoked", Role.OPERATOR),
    /** It is good again, for longer. */
    RENEW("renewed", Role.OPERATOR),
    /** The partner gives it back. */
    WITHDRAW("withdrawn", Role.PARTNER);

    private static final String PREFIX = "license.";

    private final String past;
    private final Role role;

    Action(String past, Role role) {
        this.past = past;
        this.role = role;
    }

    /** What can be told with an action. */
    enum Detail {
        WHY,
        UNTIL,
        TERMS,
        SUBMISSION,
        REPORT
    }

    /** {@return the event's name in the log} */
    public String event() {
        return PREFIX + past;
    }

    /** {@return whether it takes a reason} */
    public boolean needsReason() {
        return needs(Detail.WHY);
    }

    /** {@return the action of an event, if the event is one about a license's state} */
    static Optional<Action> ofEvent(String event) {
        return Stream.of(values()).filter(each -> each.event().equals(event)).findFirst();
    }

    /** {@return whether an event's name is of the kind that only actions have} */
    static boolean isReserved(String event) {
        return event.startsWith(PREFIX);
    }

    /** {@return whether somebody of a role may do it at all} */
    boolean isOpenTo(Role who) {
        return who == role || (this == SUSPEND && who == Role.AUTOMATIC);
    }

    boolean needs(Detail detail) {
        return switch (this) {
            case APPLY -> detail == Detail.SUBMISSION;
            case ASK, ANSWER, REJECT, REVOKE -> detail == Detail.WHY;
            case CHECK -> detail == Detail.REPORT;
            case APPROVE, GRANT, AMEND, RENEW -> detail == Detail.TERMS;
            case SUSPEND -> detail == Detail.WHY || detail == Detail.UNTIL;
            case REVIEW, LIFT, WITHDRAW -> false;
        };
    }

    boolean allows(Detail detail) {
        return needs(detail) || detail == Detail.WHY || (this == ANSWER && detail == Detail.SUBMISSION);
    }

    /** {@return the verb} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
