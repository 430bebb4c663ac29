package org.partyline.testkit.internal.proxy;

/** Where in what goes through a connection something is to happen. */
public sealed interface Moment permits TlsMoment, XmlMoment {}
