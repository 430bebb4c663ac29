package org.partyline.testkit.internal.stream;

/**
 * How clients may sign in.
 *
 * @param sasl whether the profile of RFC 6120 is offered
 * @param sasl2 whether that of XEP-0388 is
 * @param bind2 whether a resource can be bound with the sign-in (XEP-0386)
 */
public record SignInSettings(boolean sasl, boolean sasl2, boolean bind2) {}
