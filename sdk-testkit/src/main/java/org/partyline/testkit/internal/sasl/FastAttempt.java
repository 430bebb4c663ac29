package org.partyline.testkit.internal.sasl;

import org.jspecify.annotations.Nullable;

/**
 * What comes with a sign-in by a token (XEP-0484 section 3.3).
 *
 * @param client the id of the installation that the token was given to
 * @param count how often the client says that it tried, or null if it says nothing
 */
public record FastAttempt(String client, @Nullable Long count) {}
