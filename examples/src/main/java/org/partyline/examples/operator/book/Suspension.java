package org.partyline.examples.operator.book;

import java.time.Instant;

/**
 * That a license is not good for a while.
 *
 * @param by who did it
 * @param why why
 * @param until by when somebody has to decide; it does not end by itself
 */
public record Suspension(Actor by, String why, Instant until) {}
