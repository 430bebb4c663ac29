package org.partyline.testkit.internal.stream;

import java.time.Duration;
import java.util.List;

/**
 * How clients may sign in.
 *
 * @param sasl whether the profile of RFC 6120 is offered
 * @param sasl2 whether that of XEP-0388 is
 * @param bind2 whether a resource can be bound with the sign-in (XEP-0386)
 * @param fast whether tokens are given out and taken (XEP-0484)
 * @param listsBindings whether the types of channel binding are listed (XEP-0440)
 * @param protectsOffer whether SCRAM lets a client find out that the offer was changed (XEP-0474)
 * @param upgrades whether clients can give keys that are missing (XEP-0480)
 * @param bindings the types of channel binding that are offered where a connection has them
 * @param tokenLife how long a token is valid
 * @param tokenRotation how old a token may be before its use brings another
 */
public record SignInSettings(
        boolean sasl,
        boolean sasl2,
        boolean bind2,
        boolean fast,
        boolean listsBindings,
        boolean protectsOffer,
        boolean upgrades,
        List<String> bindings,
        Duration tokenLife,
        Duration tokenRotation) {}
